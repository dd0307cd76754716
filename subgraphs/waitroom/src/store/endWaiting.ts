import type { SqlTransaction } from '@foyer/platform';
import type { EndedReason } from '../domain/saleState.js';
import { lockEntries } from './lockEntries.js';
import type { LockedQueue } from './lockedQueue.js';

/**
 * Ends the line for up to `limit` of those who wait, from its back: should something come back before all are told,
 * those who still stand are the front ones, and nobody is passed over.
 * @param alsoStaying whether it is over for those, too, who stay for returns.
 * @returns how many were ended.
 */
export async function endWaiting(
  sql: SqlTransaction,
  queue: LockedQueue,
  { reason, alsoStaying }: { readonly reason: EndedReason; readonly alsoStaying: boolean },
  limit: number,
): Promise<number> {
  const last = await sql.query<{ id: string; seq: bigint }>(
    `select id, seq from entry where event_id = $1 and status = 'QUEUED' and ($2 or not stay_for_returns)
     order by order_key desc limit $3`,
    [queue.state.eventId, alsoStaying, limit],
  );
  const ids = last.map(({ id }) => id);
  await lockEntries(sql, ids);
  await sql.query(`update entry set status = 'ENDED', ended_reason = $2 where id = any ($1::uuid[])`, [
    ids,
    reason,
  ]);
  for (const { id, seq } of last) {
    queue.append('ENDED', { entry: { id, seq: Number(seq) }, waiting: -1, detail: { reason } });
  }
  return last.length;
}
