import type { SqlTransaction } from '@foyer/platform';
import { lockEntries } from './lockEntries.js';
import type { LockedQueue } from './lockedQueue.js';

/**
 * Ends the turns whose admission has run out unspent, as far as is known. Time frees no place: that is done when orders
 * has closed the admission, or an order that spent it after all has ended.
 * @returns how many turns were ended, at most `limit`.
 */
export async function passTurns(sql: SqlTransaction, queue: LockedQueue, limit: number): Promise<number> {
  const over = await sql.query<{ id: string; seq: bigint }>(
    `select id, seq from entry
     where event_id = $1 and status = 'ADMITTED' and order_id is null and admission_expires_at <= $2 limit $3`,
    [queue.state.eventId, queue.now, limit],
  );
  const ids = over.map(({ id }) => id);
  await lockEntries(sql, ids);
  await sql.query(`update entry set status = 'EXPIRED' where id = any ($1::uuid[])`, [ids]);
  for (const { id, seq } of over) queue.append('EXPIRED', { entry: { id, seq: Number(seq) } });
  return over.length;
}
