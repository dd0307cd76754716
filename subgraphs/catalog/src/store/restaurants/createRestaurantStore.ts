import {
  MenuUpdated,
  outboxEvent,
  RestaurantCreated,
  RestaurantUpdated,
  type Outbox,
  type OutboxEvent,
} from '@foyer/kafka';
import type { Clock } from '@foyer/platform';
import type { Database } from '@foyer/prisma';
import type { PrismaClient } from '@foyer/prisma/catalog';
import type { StandingReservation } from '../../domain/restaurants/findConflicts.js';
import type { Restaurant } from '../../domain/restaurants/restaurant.js';
import { menuSnapshotOf, restaurantSnapshotOf } from '../../domain/restaurants/restaurantSnapshotOf.js';
import { findStanding } from './findStanding.js';
import { restaurantColumns, restaurantOf } from './restaurantRows.js';

/** What is to become of a restaurant, decided under its lock. */
export interface RestaurantChange {
  readonly restaurant: Restaurant;
  readonly tells: 'restaurant' | 'menu';
}

/** Decides a change. @param standing reads the reservations that are not over. */
export type DecideRestaurant = (
  restaurant: Restaurant,
  standing: () => Promise<readonly StandingReservation[]>,
) => Promise<RestaurantChange>;

/** Restaurants in the catalog's database. */
export interface RestaurantStore {
  create(restaurant: Restaurant, createdBy: string): Promise<Restaurant>;
  /** @returns null when there is no such restaurant. */
  find(id: string): Promise<Restaurant | null>;
  findMany(ids: readonly string[]): Promise<readonly Restaurant[]>;
  /** An organization's restaurants by name. @param after position in that order. */
  ofOrganization(
    organizationId: string,
    onlyPublished: boolean,
    after: { readonly name: string; readonly id: string } | null,
    limit: number,
  ): Promise<readonly Restaurant[]>;
  /**
   * Changes a restaurant under its row lock, and tells of it in the same transaction.
   * @param decide may throw to refuse.
   * @returns null when there is no such restaurant.
   */
  change(id: string, decide: DecideRestaurant): Promise<Restaurant | null>;
  /** Whether the database can tell the time in a zone. */
  knowsTimeZone(timeZone: string): Promise<boolean>;
}

/** The store on Postgres. */
export function createRestaurantStore(
  database: Database<PrismaClient>,
  outbox: Outbox,
  clock: Clock,
): RestaurantStore {
  return {
    create: (restaurant, createdBy) =>
      database.transaction(async (client, sql) => {
        const now = clock.now();
        const { id, organizationId } = restaurant;
        const row = await client.restaurant.create({
          data: {
            id,
            organizationId,
            ...restaurantColumns(restaurant),
            createdBy,
            createdAt: now,
            updatedAt: now,
          },
        });
        const created = restaurantOf(row);
        await outbox.append(sql, RestaurantCreated, { aggregateId: id, data: restaurantSnapshotOf(created) });
        return created;
      }),
    async find(id) {
      const row = await database.client.restaurant.findUnique({ where: { id } });
      return row && restaurantOf(row);
    },
    async findMany(ids) {
      const rows = await database.client.restaurant.findMany({ where: { id: { in: [...ids] } } });
      return rows.map(restaurantOf);
    },
    async ofOrganization(organizationId, onlyPublished, after, limit) {
      const rows = await database.client.restaurant.findMany({
        where: {
          organizationId,
          ...(onlyPublished && { status: 'PUBLISHED' }),
          ...(after && {
            OR: [{ name: { gt: after.name } }, { name: after.name, id: { gt: after.id } }],
          }),
        },
        orderBy: [{ name: 'asc' }, { id: 'asc' }],
        take: limit,
      });
      return rows.map(restaurantOf);
    },
    change: (id, decide) =>
      database.transaction(async (client, sql) => {
        await sql.query(`select from restaurant where id = $1 for no key update`, [id]);
        const row = await client.restaurant.findUnique({ where: { id } });
        if (!row) return null;
        const { restaurant, tells } = await decide(restaurantOf(row), () =>
          findStanding(sql, id, clock.now()),
        );
        const data = { ...restaurantColumns(restaurant), updatedAt: clock.now() };
        const changed = restaurantOf(await client.restaurant.update({ where: { id }, data }));
        await outbox.appendAll(sql, [told(changed, tells)]);
        return changed;
      }),
    async knowsTimeZone(timeZone) {
      try {
        await database.pool.query(`select timezone($1, now())`, [timeZone]);
        return true;
      } catch (error) {
        if ((error as { readonly code?: unknown }).code === INVALID_PARAMETER_VALUE) return false;
        throw error;
      }
    },
  };
}

const INVALID_PARAMETER_VALUE = '22023';

function told(restaurant: Restaurant, tells: RestaurantChange['tells']): OutboxEvent {
  const { id } = restaurant;
  return tells === 'menu'
    ? outboxEvent(MenuUpdated, { aggregateId: id, data: menuSnapshotOf(restaurant) })
    : outboxEvent(RestaurantUpdated, { aggregateId: id, data: restaurantSnapshotOf(restaurant) });
}
