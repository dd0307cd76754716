import { pgTransaction, type BackOff } from '@foyer/platform';
import type { Pool } from 'pg';
import type { RestaurantCache } from './createRestaurantCache.js';
import { lockOffers } from './lockOffers.js';
import { openDays } from './openDays.js';
import { readRestaurants } from './readRestaurants.js';

/** So many at a time: at midnight of a large zone the rest waits for the next call. */
export const RESTAURANTS_AT_ONCE = 200;

/**
 * Has the next day told of every restaurant where a new day has begun: its booking horizon has moved. One that fails
 * rests, and keeps no other waiting. Several processes may do it at once.
 */
export async function openNextDays(pool: Pool, cache: RestaurantCache, items: BackOff): Promise<void> {
  const { rows } = await pool.query<{ id: string }>(
    `select r.listing_id as id from restaurant r join listing l on l.id = r.listing_id
     where l.status = 'PUBLISHED' and r.next_day_at <= (select foyer_now())
       and r.listing_id <> all ($1::uuid[])
     limit ${RESTAURANTS_AT_ONCE}`,
    [items.resting()],
  );
  for (const { id } of rows) await items.attempt(id, () => openNextDay(pool, cache, id));
}

function openNextDay(pool: Pool, cache: RestaurantCache, id: string): Promise<void> {
  return pgTransaction(pool, async (sql) => {
    await lockOffers(sql, [id]);
    const [due] = await sql.query<{ now: Date }>(
      `select c.now from restaurant, (select foyer_now() as now) c
       where listing_id = $1 and next_day_at <= c.now`,
      [id],
    );
    const [restaurant] = await readRestaurants(sql, cache, [id]);
    if (due && restaurant) {
      await openDays(sql, restaurant, { now: due.now.getTime(), isOpen: true, anew: false });
    }
  });
}
