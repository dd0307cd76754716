import type { SqlTransaction } from '@foyer/platform';
import { LockedQueue } from './lockedQueue.js';
import { queueOf, type QueueRow } from './rows.js';

/**
 * Takes the lock on a queue for the rest of the transaction. Lock order: queue first, entries (by id) second. What else
 * decides is read in later statements, which see what was committed before the lock was granted; their plans are kept
 * on the indexes and their order, for tables grow faster than their statistics.
 * @returns null when the event has no queue.
 */
export async function lockQueue(sql: SqlTransaction, eventId: string): Promise<LockedQueue | null> {
  const [row] = await sql.query<QueueRow & { readonly now: Date }>(LOCK, [eventId]);
  return row ? new LockedQueue(queueOf(row), row.now) : null;
}

// The outer query is computed for a row that is locked already: its clock is read after the wait.
const LOCK = `
  with locked as materialized (select * from queue where event_id = $1 for update)
  select locked.*, date_trunc('milliseconds', foyer_now()) as now,
    set_config('enable_seqscan', 'off', true), set_config('enable_sort', 'off', true)
  from locked`;
