import type { SqlTransaction } from '@foyer/platform';
import { lockEntries } from './lockEntries.js';
import type { LockedQueue } from './lockedQueue.js';

/**
 * Takes the places of those who are gone: no live connection and not heard for `absenceMs`, counted only while the sale
 * was on and while they could have been heard.
 * @returns how many lost their place, at most `limit`.
 */
export async function lapseAbsent(
  sql: SqlTransaction,
  queue: LockedQueue,
  absenceMs: number,
  limit: number,
): Promise<number> {
  const { eventId, drawnAt, saleStartsAt } = queue.state;
  const [hearing] = await sql.query<{ heard_since: Date; unheard_at: Date | null }>(
    'select heard_since, unheard_at from hearing where event_id = $1',
    [eventId],
  );
  if (!hearing || hearing.unheard_at !== null || drawnAt === null) return 0;
  const cutoff = new Date(queue.now.getTime() - absenceMs);
  if (hearing.heard_since > cutoff || drawnAt > cutoff || saleStartsAt > cutoff) return 0;
  const gone = await sql.query<{ id: string }>(
    `select id from entry where event_id = $1 and status = 'QUEUED' and not connected and last_seen_at < $2 limit $3`,
    [eventId, cutoff, limit],
  );
  const ids = gone.map(({ id }) => id);
  await lockEntries(sql, ids);
  // Whoever was heard in the meantime stays.
  const lapsed = await sql.query<{ id: string; seq: bigint }>(
    `update entry set status = 'EXPIRED' where id = any ($1::uuid[]) and not connected and last_seen_at < $2
     returning id, seq`,
    [ids, cutoff],
  );
  for (const { id, seq } of lapsed) queue.append('EXPIRED', { entry: { id, seq: Number(seq) }, waiting: -1 });
  return lapsed.length;
}
