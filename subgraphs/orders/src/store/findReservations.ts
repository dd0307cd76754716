import type { Queryable } from '@foyer/kafka';
import { RESERVATION_COLUMNS, RESERVATION_TABLES, type ReservationRow } from './reservationRow.js';

/** Which reservations. Those that nothing was ever held for are found by nobody. */
export interface ReservationQuery {
  readonly userId?: string;
  readonly restaurantId?: string;
  readonly status?: string | null | undefined;
  /** The restaurant's day. */
  readonly day?: string | null | undefined;
  readonly code?: string | null | undefined;
  /** Those still to come or at their tables, the next first; else those that are over, the latest first; null: all. */
  readonly when: 'UPCOMING' | 'PAST' | null;
  /** The last one of the page before. */
  readonly after: { readonly startsAt: string; readonly id: string } | null;
  readonly limit: number;
}

// Nobody stays for a day: the second condition follows from the first, and lets an index find where to begin.
const UPCOMING = `(r.status in ('PENDING', 'CONFIRMED', 'SEATED') and r.ends_at > foyer_now()
  and r.starts_at > foyer_now() - interval '1 day')`;

/** Reservations by their beginning. */
export function findReservations(sql: Queryable, query: ReservationQuery): Promise<ReservationRow[]> {
  const { when, after } = query;
  const values: unknown[] = [];
  const conditions: string[] = [`r.day is not null`];
  const where = (condition: (parameter: string) => string, value: unknown): void => {
    if (value === undefined || value === null) return;
    values.push(value);
    conditions.push(condition(`$${values.length}`));
  };
  where((p) => `r.user_id = ${p}`, query.userId);
  where((p) => `r.restaurant_id = ${p}`, query.restaurantId);
  where((p) => `r.status = ${p}`, query.status);
  where((p) => `r.day = ${p}::date`, query.day);
  where((p) => `o.code = ${p}`, query.code);
  if (when) conditions.push(when === 'UPCOMING' ? UPCOMING : `not ${UPCOMING}`);
  const [direction, behind] = when === 'UPCOMING' ? ['asc', '>'] : ['desc', '<'];
  if (after) {
    values.push(after.startsAt, after.id);
    conditions.push(
      `(r.starts_at, r.id) ${behind} ($${values.length - 1}::timestamptz, $${values.length}::uuid)`,
    );
  }
  values.push(query.limit);
  return sql.query<ReservationRow>(
    `select ${RESERVATION_COLUMNS} from ${RESERVATION_TABLES} where ${conditions.join(' and ')}
     order by r.starts_at ${direction}, r.id ${direction} limit $${values.length}`,
    values,
  );
}

/** Everybody who comes on a day of a restaurant, by time: those whom nobody expects any more are left out. */
export function findDaySheet(sql: Queryable, restaurantId: string, day: string): Promise<ReservationRow[]> {
  return sql.query<ReservationRow>(
    `select ${RESERVATION_COLUMNS} from ${RESERVATION_TABLES}
     where r.restaurant_id = $1 and r.day = $2::date and r.status <> 'CANCELLED'
     order by r.starts_at, r.id`,
    [restaurantId, day],
  );
}
