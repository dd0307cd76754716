import { defineHandler, TablesFree, type EventHandler } from '@foyer/kafka';
import { freeRanges, multirangeText } from '../domain/restaurants/freeCodes.js';

/** Keeps the catalog's copy of what is free, for search. */
export function freeTablesHandler(): EventHandler<unknown> {
  return defineHandler(TablesFree, {
    name: 'free-tables-copy',
    handle: async ({ data: { restaurantId, date, slots } }, { sql }) => {
      const ranges = freeRanges(slots);
      if (ranges.length === 0) {
        await sql.query(`delete from free_day where restaurant_id = $1 and day = $2`, [restaurantId, date]);
        return;
      }
      await sql.query(
        `insert into free_day (restaurant_id, day, free) values ($1, $2, $3::int4multirange)
         on conflict (restaurant_id, day) do update set free = excluded.free`,
        [restaurantId, date, multirangeText(ranges)],
      );
    },
  });
}
