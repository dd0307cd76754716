import type { Pool } from 'pg';

/** The id of a consumer group, which is created when it is new. */
export async function findGroup(pool: Pool, name: string): Promise<number> {
  for (;;) {
    const { rows } = await pool.query<{ id: number }>(
      `with created as (
         insert into bus.consumer_group (name) select $1
         where not exists (select from bus.consumer_group where name = $1)
         on conflict (name) do nothing
         returning id
       )
       select id from created union all select id from bus.consumer_group where name = $1`,
      [name],
    );
    // None when another process created it at this very moment: the next statement sees it.
    if (rows[0] !== undefined) return rows[0].id;
  }
}
