import type { Queryable } from '@foyer/kafka';
import type { Restaurant } from '../domain/tables/restaurant.js';
import { addDays, HOUR, instantsOf, localDate } from '../domain/tables/wallClock.js';

/** How many past days are remembered. */
const KEPT_DAYS = 7;

/** How days come into the horizon. */
export interface Opening {
  /** Milliseconds since 1970. */
  readonly now: number;
  /** Whether the restaurant takes reservations: of one that doesn't no further days are told. */
  readonly isOpen: boolean;
  /** Whether every day is to be told that was told before: the restaurant has changed. */
  readonly anew: boolean;
}

/**
 * Has the days told that have come into a restaurant's booking horizon, forgets those long past, and notes when the next
 * one comes.
 * Under the locks of the restaurant's offers.
 */
export async function openDays(
  sql: Queryable,
  restaurant: Restaurant,
  { now, isOpen, anew }: Opening,
): Promise<void> {
  const { id, timeZone, seating } = restaurant;
  const today = localDate(timeZone, now);
  const last = addDays(today, seating.horizonDays);
  const tomorrow = addDays(today, 1);
  // Where clocks are changed at midnight there may be no such time; then half a day later does.
  const nextDay = instantsOf(timeZone, tomorrow, 0)[0] ?? Date.parse(tomorrow) + 12 * HOUR;
  // Yesterday may not be over yet.
  const first = addDays(today, -1);
  if (anew) {
    await sql.query(
      `update restaurant_day set version = version + 1, dirty = true where listing_id = $1 and day >= $2`,
      [id, first],
    );
  }
  await sql.query(
    `insert into restaurant_day (listing_id, day, version, dirty)
     select r.listing_id, d::date, 1, true
     from restaurant r cross join generate_series($2::date, $3::date, '1 day') as d
     where r.listing_id = $1 and $5 and ($4 or d > r.opened_until)
     on conflict (listing_id, day) do nothing`,
    [id, first, last, anew, isOpen],
  );
  await sql.query('delete from restaurant_day where listing_id = $1 and day < $2 and not dirty', [
    id,
    addDays(today, -KEPT_DAYS),
  ]);
  await sql.query('update restaurant set opened_until = $2, next_day_at = $3 where listing_id = $1', [
    id,
    last,
    new Date(nextDay),
  ]);
}
