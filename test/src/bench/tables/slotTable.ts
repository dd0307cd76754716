import type { createPool } from '@foyer/platform';

type Pool = ReturnType<typeof createPool>;

/**
 * The baseline: what is free as anybody would keep it, a row for each restaurant, beginning and span of party sizes, with
 * the index that the search wants.
 */
export async function fillSlotTable(pool: Pool): Promise<void> {
  await pool.query(`
    create table free_slot as
    select restaurant_id, to_timestamp(lower(span) / 64 * 300.0) as starts_at,
      (lower(span) % 64)::smallint as smallest, ((upper(span) - 1) % 64)::smallint as largest
    from free_day, unnest(free) as span`);
  await pool.query(
    `create index free_slot_lookup on free_slot (restaurant_id, starts_at) include (smallest, largest)`,
  );
  await pool.query(
    `create index free_slot_time on free_slot (starts_at, restaurant_id) include (smallest, largest)`,
  );
  await pool.query('vacuum analyze free_slot');
}

/** The same question by a plain join: the planner may take whichever index it likes. */
export async function searchSlotTable(
  pool: Pool,
  { latitude, longitude }: { readonly latitude: number; readonly longitude: number },
  at: Date,
  partySize: number,
  limit: number,
): Promise<void> {
  const { rowCount } = await pool.query(
    `select r.id, r.name, r.price_range, r.review_count, r.rating_sum, r.position <-> earth_position($1, $2) as chord
     from restaurant r join free_slot s on s.restaurant_id = r.id
     where r.status = 'PUBLISHED' and s.starts_at = $3 and $4 between s.smallest and s.largest
       and r.position <@ cube_enlarge(earth_position($1, $2), 20000, 3)
       and r.position <-> earth_position($1, $2) <= 20000
     order by r.position <-> earth_position($1, $2), r.id limit $5`,
    [latitude, longitude, at, partySize, limit],
  );
  if (!rowCount) throw new Error('nothing was found');
}
