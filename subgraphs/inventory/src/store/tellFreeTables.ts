import { outboxEvent, TablesFree, type Outbox } from '@foyer/kafka';
import { pgTransaction } from '@foyer/platform';
import type { Pool } from 'pg';
import { freeTables } from '../domain/tables/freeTables.js';
import { arrayLiteral } from './arrayLiteral.js';
import { dayKey, type DayReader } from './createDayReader.js';

/** Days told of in one transaction. */
const BATCH = 100;
const LOCK = 'foyer.inventory.tables.free';

/**
 * Tells others what is free on the days that have changed. However often a day has changed since the last call, it is
 * told once. A day that changes while it is read stays marked, and is told again by the next call: the latest always
 * arrives. One process at a time does it, so that nothing older is told after something newer.
 */
export async function tellFreeTables(pool: Pool, days: DayReader, outbox: Outbox): Promise<void> {
  let after = { listingId: '00000000-0000-0000-0000-000000000000', day: '-infinity' };
  for (;;) {
    const last = await pgTransaction(pool, async (sql) => {
      const [lock] = await sql.query<{ mine: boolean }>(
        'select pg_try_advisory_xact_lock(hashtextextended($1, 0)) as mine',
        [LOCK],
      );
      if (!lock?.mine) return null;
      const dirty = await sql.query<{ listingId: string; day: string; version: bigint }>(
        `select listing_id as "listingId", day, version from restaurant_day
         where dirty and (listing_id, day) > ($1::uuid, $2::date) order by listing_id, day limit ${BATCH}`,
        [after.listingId, after.day],
      );
      if (dirty.length === 0) return null;
      const keys = dirty.map(({ listingId, day }) => dayKey(listingId, day));
      const contents = await days.read(keys, sql);
      const events = [...contents].map(([key, content]) =>
        outboxEvent(TablesFree, {
          aggregateId: key,
          data: {
            restaurantId: content.restaurant.id,
            date: content.day,
            slots: freeTables(content).map(({ startsAt, free }) => {
              return { startsAt: new Date(startsAt).toISOString(), free: [...free] as never };
            }),
          },
          causation: {},
        }),
      );
      // Whoever changes a day just now makes it dirty anew: it is left to the next call, and nobody waits.
      await sql.query(
        `update restaurant_day set dirty = false where (listing_id, day) in (
           select d.listing_id, d.day from restaurant_day d
           join unnest($1::uuid[], $2::date[], $3::bigint[]) as t (listing_id, day, version)
             using (listing_id, day, version)
           order by 1, 2 for update of d skip locked
         )`,
        [
          arrayLiteral(dirty.map(({ listingId }) => listingId)),
          arrayLiteral(dirty.map(({ day }) => day)),
          arrayLiteral(dirty.map(({ version }) => String(version))),
        ],
      );
      await outbox.appendAll(sql, events);
      return dirty.length === BATCH ? (dirty.at(-1) ?? null) : null;
    });
    if (!last) return;
    after = last;
  }
}
