import { defineHandler, TablesFree, type EventDataOf, type EventHandler } from '@foyer/kafka';
import { freeRanges, multirangeText } from '../domain/restaurants/freeCodes.js';
import { addDays, wallMoment } from '../domain/restaurants/wallClock.js';

type Slots = EventDataOf<typeof TablesFree>['slots'];

/** Keeps the catalog's copy of what is free, for search. */
export function freeTablesHandler(): EventHandler<unknown> {
  return defineHandler(TablesFree, {
    name: 'free-tables-copy',
    handle: async ({ data: { restaurantId, date, slots } }, { sql }) => {
      const [restaurant] = await sql.query<{ time_zone: string }>(
        `select time_zone from restaurant where id = $1`,
        [restaurantId],
      );
      // Nothing of a restaurant that there is not can be found.
      if (!restaurant) return;
      const late: Slots = slots.filter(
        ({ startsAt }) => wallMoment(new Date(startsAt), restaurant.time_zone).date > date,
      );
      const early: Slots = slots.filter((slot) => !late.includes(slot));
      const days = [
        { day: date, late: false, free: multirangeText(freeRanges(early)) },
        { day: addDays(date, 1), late: true, free: multirangeText(freeRanges(late)) },
      ];
      await sql.query(SET, [restaurantId, JSON.stringify(days)]);
    },
  });
}

/** Writes the days on which something is free, and removes the others. */
const SET = `
  with told as (
    select day, late, free from jsonb_to_recordset($2::jsonb) as t (day date, late boolean, free int4multirange)
  ), gone as (
    delete from free_day f using told t
    where f.restaurant_id = $1 and f.day = t.day and f.late = t.late and isempty(t.free)
  )
  insert into free_day (restaurant_id, day, late, free)
  select $1, day, late, free from told where not isempty(free)
  on conflict (restaurant_id, day, late) do update set free = excluded.free`;
