import type { SqlTransaction } from '@foyer/platform';
import type { EntryStatus } from '../domain/entryStatus.js';
import type { LogKind } from '../domain/logRow.js';
import { lockQueue } from './lockQueue.js';
import type { LockedQueue } from './lockedQueue.js';
import { ENTRY_COLUMNS, entryOf, type EntryRow } from './rows.js';
import type { Entry } from '../domain/entry.js';

/** What orders tells of an admission. */
export type AdmissionNews =
  | { readonly kind: 'SPENT'; readonly orderId: string }
  /** Spent with no order: its owner is gone, it can't be used any more. */
  | { readonly kind: 'CLOSED' }
  /** The order that spent it was refused: it may be used again. */
  | { readonly kind: 'RETURNED' }
  | { readonly kind: 'COMPLETED' }
  /** The checkout ended without a purchase. */
  | { readonly kind: 'FAILED' };

/**
 * Applies what orders tells of an admission. Only what ends a checkout, or closes the admission, frees its place, and
 * only once: news of a place that is free already changes nothing.
 */
export async function applyAdmissionEvent(
  sql: SqlTransaction,
  eventId: string,
  admissionId: string,
  news: AdmissionNews,
): Promise<void> {
  const queue = await lockQueue(sql, eventId);
  const [row] = await sql.query<EntryRow>(
    `select ${ENTRY_COLUMNS} from entry where admission_id = $1 and event_id = $2 for update`,
    [admissionId, eventId],
  );
  if (!queue || !row?.place_held) return;
  const entry = entryOf(row);
  switch (news.kind) {
    case 'SPENT':
      await setOrder(sql, queue, entry, news.orderId);
      break;
    case 'RETURNED':
      await setOrder(sql, queue, entry, null);
      break;
    case 'COMPLETED':
      await free(sql, queue, entry, 'COMPLETED', 'COMPLETED');
      break;
    case 'CLOSED':
    case 'FAILED':
      // Somebody who has left stays so; for somebody still admitted the turn is over.
      if (entry.status === 'ADMITTED') await free(sql, queue, entry, 'EXPIRED', 'EXPIRED');
      else await free(sql, queue, entry, entry.status, 'FREED');
      break;
  }
  await queue.flush(sql);
}

async function setOrder(
  sql: SqlTransaction,
  queue: LockedQueue,
  entry: Entry,
  orderId: string | null,
): Promise<void> {
  await sql.query('update entry set order_id = $2 where id = $1', [entry.id, orderId]);
  const unspent = Number(orderId === null) - Number(entry.orderId === null);
  if (orderId !== null) {
    queue.append('SPENT', { entry, unspent: unspent as -1 | 0 });
    return;
  }
  // Its owner left while the order was under way, so orders could not close it then: it is asked once more.
  const closeAgain = entry.status !== 'ADMITTED';
  queue.append('RETURNED', {
    entry,
    unspent: unspent as 0 | 1,
    ...(closeAgain && { detail: { closeAgain } }),
  });
}

async function free(
  sql: SqlTransaction,
  queue: LockedQueue,
  entry: Entry,
  status: EntryStatus,
  kind: Extract<LogKind, 'COMPLETED' | 'EXPIRED' | 'FREED'>,
): Promise<void> {
  await sql.query('update entry set status = $2, place_held = false where id = $1', [entry.id, status]);
  queue.append(kind, { entry, place: -1, unspent: entry.orderId === null ? -1 : 0 });
}
