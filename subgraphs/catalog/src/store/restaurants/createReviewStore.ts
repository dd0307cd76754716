import { newId, type SqlTransaction } from '@foyer/platform';
import type { Database } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/catalog';
import type { Review } from '../../domain/restaurants/review.js';

/** What of a reservation decides who may review. */
export interface DinedReservation {
  readonly id: string;
  readonly restaurantId: string;
  readonly userId: string | null;
  readonly status: string;
}

/** A review to be written. */
export type NewReview = Pick<Review, 'reservationId' | 'restaurantId' | 'userId' | 'rating' | 'text'>;

/** A restaurant whose counted ratings are not those of its reviews. */
export interface RatingDrift {
  readonly restaurantId: string;
  readonly count: number;
  readonly sum: number;
  readonly actualCount: number;
  readonly actualSum: number;
}

/** Reviews in the catalog's database. Count and sum of a restaurant's ratings change with them, under its row lock. */
export interface ReviewStore {
  /** @returns null when the copy knows no such reservation. */
  reservation(id: string): Promise<DinedReservation | null>;
  /** @returns null when there is no such review. */
  find(id: string): Promise<Review | null>;
  /** A restaurant's reviews, the newest first. @param after position in that order. */
  list(
    restaurantId: string,
    after: { readonly createdAt: Date; readonly id: string } | null,
    limit: number,
  ): Promise<readonly Review[]>;
  /** Writes a review. @returns the one that there is already for the reservation, if so, and whether it is new. */
  write(review: NewReview, now: Date): Promise<{ readonly review: Review; readonly written: boolean }>;
  /**
   * Changes a review under its restaurant's lock.
   * @param decide says what changes; may throw to refuse.
   * @returns null when there is no such review.
   */
  change(
    id: string,
    decide: (review: Review) => Partial<Omit<Review, 'id' | 'reservationId' | 'restaurantId' | 'userId'>>,
  ): Promise<Review | null>;
  drift(): Promise<readonly RatingDrift[]>;
}

/** The store on Postgres. */
export function createReviewStore(database: Database<PrismaClient>): ReviewStore {
  const { client: reader, pool } = database;
  return {
    reservation: (id) => reader.reservation.findUnique({ where: { id } }),
    find: (id) => reader.review.findUnique({ where: { id } }),
    list: (restaurantId, after, limit) =>
      reader.review.findMany({
        where: {
          restaurantId,
          ...(after && {
            OR: [
              { createdAt: { lt: after.createdAt } },
              { createdAt: after.createdAt, id: { lt: after.id } },
            ],
          }),
        },
        orderBy: [{ createdAt: 'desc' }, { id: 'desc' }],
        take: limit,
      }),
    write: (review, now) =>
      database.transaction(async (client, sql) => {
        await lockRestaurant(sql, review.restaurantId);
        const { reservationId, restaurantId, rating } = review;
        const present = await client.review.findUnique({ where: { reservationId } });
        if (present) return { review: present, written: false };
        const written = await client.review.create({
          data: { id: newId(), ...review, createdAt: now, updatedAt: now },
        });
        await count(sql, restaurantId, 1, rating);
        return { review: written, written: true };
      }),
    async change(id, decide) {
      const found = await reader.review.findUnique({ where: { id } });
      if (!found) return null;
      return database.transaction(async (client, sql) => {
        await lockRestaurant(sql, found.restaurantId);
        const review = await client.review.findUniqueOrThrow({ where: { id } });
        const change = decide(review);
        const changed = await client.review.update({ where: { id }, data: change });
        if (changed.rating !== review.rating)
          await count(sql, review.restaurantId, 0, changed.rating - review.rating);
        return changed;
      });
    },
    async drift() {
      const { rows } = await pool.query<RatingDrift>(DRIFT);
      return rows;
    },
  };
}

/** A statement of its own: what is read after it is as it stands once the lock is held. */
async function lockRestaurant(sql: SqlTransaction, id: string): Promise<void> {
  await sql.query(`select from restaurant where id = $1 for no key update`, [id]);
}

async function count(sql: SqlTransaction, id: string, reviews: number, ratings: number): Promise<void> {
  await sql.query(
    `update restaurant set review_count = review_count + $2, rating_sum = rating_sum + $3 where id = $1`,
    [id, reviews, ratings],
  );
}

/** One statement, and so one snapshot: reviews that are being written are in both or in neither. */
const DRIFT = `
  select r.id as "restaurantId", r.review_count as count, r.rating_sum as sum,
         coalesce(v.count, 0)::integer as "actualCount", coalesce(v.sum, 0)::integer as "actualSum"
  from restaurant r
  left join (select restaurant_id, count(*) as count, sum(rating) as sum from review group by restaurant_id) v
    on v.restaurant_id = r.id
  where (r.review_count, r.rating_sum) <> (coalesce(v.count, 0), coalesce(v.sum, 0))
  order by r.id
  limit 100`;
