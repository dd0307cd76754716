import type { Queryable } from '@foyer/kafka';
import type { Queue } from '../domain/queue.js';
import { queueOf, type QueueRow } from './rows.js';

/** The queues of events, in the order of the ids; null for an event without one. */
export async function findQueues(
  sql: Queryable,
  eventIds: readonly string[],
): Promise<readonly (Queue | null)[]> {
  const rows = await sql.query<QueueRow>('select * from queue where event_id = any ($1::uuid[])', [eventIds]);
  const queues = new Map(rows.map((row) => [row.event_id, queueOf(row)]));
  return eventIds.map((id) => queues.get(id.toLowerCase()) ?? null);
}
