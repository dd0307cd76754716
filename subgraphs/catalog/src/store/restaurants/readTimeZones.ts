import type { Queryable } from '@foyer/kafka';

/** The time zones that restaurants stand in: some dozens, found by as many steps through an index. */
export async function readTimeZones(sql: Queryable): Promise<readonly string[]> {
  const rows = await sql.query<{ time_zone: string }>(
    `with recursive zone as (
       (select time_zone from restaurant order by time_zone limit 1)
       union all
       select (select r.time_zone from restaurant r where r.time_zone > zone.time_zone order by r.time_zone limit 1)
       from zone where zone.time_zone is not null
     )
     select time_zone from zone where time_zone is not null`,
  );
  return rows.map(({ time_zone: name }) => name);
}
