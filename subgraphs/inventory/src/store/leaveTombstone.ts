import type { Pool } from 'pg';

/**
 * Notes that an order is released before anything was held for it.
 * @returns null when noted, now or before; the listing when a hold was faster and has to be released.
 */
export async function leaveTombstone(pool: Pool, orderId: string): Promise<string | null> {
  const { rowCount } = await pool.query(
    `insert into hold (order_id, state, created_at) values ($1, 'RELEASED', foyer_now())
     on conflict (order_id) do nothing`,
    [orderId],
  );
  if (rowCount === 1) return null;
  const { rows } = await pool.query<{ listing_id: string | null }>(
    'select listing_id from hold where order_id = $1',
    [orderId],
  );
  return rows[0]?.listing_id ?? null;
}
