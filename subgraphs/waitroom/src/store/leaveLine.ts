import { notFound, notInState, type SqlTransaction } from '@foyer/platform';
import type { Entry } from '../domain/entry.js';
import { lockQueue } from './lockQueue.js';
import { ENTRY_COLUMNS, entryOf, type EntryRow } from './rows.js';

/**
 * Gives somebody's place up. A turn is given up as far as we are concerned; its place among the N is freed once orders
 * has closed the admission.
 * @throws Refused `NotFound` without a place, `NotInState` while an order that spent the admission is under way.
 */
export async function leaveLine(sql: SqlTransaction, eventId: string, userId: string): Promise<Entry> {
  const queue = await lockQueue(sql, eventId);
  const [row] = await sql.query<EntryRow>(
    `select ${ENTRY_COLUMNS} from entry
     where event_id = $1 and user_id = $2 and status in ('QUEUED', 'ADMITTED') for update`,
    [eventId, userId],
  );
  if (!queue || !row) throw notFound('place of yours in the waiting room of an event', eventId);
  const entry = entryOf(row);
  if (entry.orderId !== null) {
    throw notInState('You have placed an order with your turn: cancel the order to leave.', entry.status);
  }
  await sql.query(`update entry set status = 'LEFT' where id = $1`, [entry.id]);
  queue.append('LEFT', { entry, waiting: entry.status === 'QUEUED' ? -1 : 0 });
  await queue.flush(sql);
  return { ...entry, status: 'LEFT' };
}
