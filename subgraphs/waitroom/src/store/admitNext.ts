import { newId, type SqlTransaction } from '@foyer/platform';
import { lockEntries } from './lockEntries.js';
import type { LockedQueue } from './lockedQueue.js';

/** Admits the front of the line: up to `count` people, each with an admission that may be spent until `expiresAt`. */
export async function admitNext(
  sql: SqlTransaction,
  queue: LockedQueue,
  count: number,
  expiresAt: Date,
): Promise<number> {
  const next = await sql.query<{ id: string; seq: bigint }>(
    `select id, seq from entry where event_id = $1 and status = 'QUEUED' order by order_key limit $2`,
    [queue.state.eventId, count],
  );
  const ids = next.map(({ id }) => id);
  await lockEntries(sql, ids);
  await sql.query(
    `update entry set status = 'ADMITTED', admission_id = ($2::uuid[])[array_position($1::uuid[], id)],
       admission_expires_at = $3, place_held = true
     where id = any ($1::uuid[])`,
    [ids, ids.map(() => newId()), expiresAt],
  );
  for (const { id, seq } of next) {
    queue.append('ADMITTED', { entry: { id, seq: Number(seq) }, place: 1, waiting: -1, unspent: 1 });
  }
  return next.length;
}
