import type { Book } from '../book.js';
import { decideRelease } from '../decideRelease.js';
import type { LeaveRequest, WaitlistJoined, WaitlistRefused } from '../requests.js';

/** Takes a party out of the line. What was offered to it is free for the next, in the same transaction. */
export function decideLeave(
  book: Book,
  { entryId, personId, correlationId }: LeaveRequest,
): WaitlistJoined | WaitlistRefused {
  const entry = book.tables.entries.get(entryId);
  if (entry?.personId !== personId) {
    const message = 'There is no place in line with this id, or it is not yours.';
    return { __typename: 'WaitlistRefused', code: 'NOT_FOUND', message, wish: null };
  }
  if (entry.state === 'WAITING') {
    entry.state = 'LEFT';
    book.tables.tell('left', entry, correlationId);
  } else if (entry.state === 'OFFERED' && entry.holdOrderId !== null) {
    decideRelease(book, { kind: 'release', orderId: entry.holdOrderId, correlationId });
  }
  return { __typename: 'WaitlistJoined', entryId };
}
