import type { SqlTransaction } from '@foyer/platform';
import type { LockedQueue } from './lockedQueue.js';

/**
 * Draws the early. Their keys were fixed as they joined, by the seed chosen before; the draw only ends the joining,
 * publishes seed and list, and makes the order count. Whoever joins from here on stands behind them.
 */
export async function drawLine(sql: SqlTransaction, queue: LockedQueue): Promise<void> {
  const { eventId, seed } = queue.state;
  // Who left before the draw takes no part in it.
  await sql.query(
    `select from entry where event_id = $1 and early and status <> 'QUEUED' order by id for update`,
    [eventId],
  );
  await sql.query(`update entry set early = false where event_id = $1 and early and status <> 'QUEUED'`, [
    eventId,
  ]);
  const [row] = await sql.query<{ count: number; hash: Buffer }>(
    `select count(*)::integer as count,
       sha256(convert_to(coalesce(string_agg(id::text, e'\\n' order by id), ''), 'UTF8')) as hash
     from entry where event_id = $1 and early`,
    [eventId],
  );
  if (!row) return;
  const { count, hash } = row;
  const drawnSeq = queue.append('DRAWN', {
    detail: { seed: seed.toString('hex'), count, entriesHash: hash.toString('hex') },
  });
  queue.change({ drawnSeq, drawnAt: queue.now, drawnCount: count, entriesHash: hash });
}
