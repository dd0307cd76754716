import type { Book } from '../book.js';
import { held, released } from '../decideHold.js';
import { orderRefused } from '../holdRefused.js';
import type { HoldRefused, OffersHeld, TakeRequest } from '../requests.js';
import type { Rules } from '../rules.js';

/**
 * Holds for an order what the line has offered: the offer's hold ends, and the order's begins on the same tables, with
 * the full time to pay. From there on it is an order like any other.
 */
export function decideTake(book: Book, request: TakeRequest, rules: Rules): OffersHeld | HoldRefused {
  const { entryId, orderId, personId } = request;
  if (book.tombstones.has(orderId)) return released();
  const known = book.holds.get(orderId);
  const entry = book.tables.entries.get(entryId);
  if (known) {
    if (known.state === 'RELEASED') return released();
    return known.personId === personId && entry?.state === 'TAKEN'
      ? held(book, known)
      : orderRefused('INVALID_INPUT', 'This order was held before, for something else.');
  }
  if (entry?.personId !== personId) {
    return orderRefused('NOT_FOUND', 'There is no place in line with this id, or it is not yours.');
  }
  const offered = entry.holdOrderId === null ? undefined : book.holds.get(entry.holdOrderId);
  if (entry.state !== 'OFFERED' || offered?.state !== 'HELD' || offered.expiresAt <= book.now) {
    return entry.state === 'WAITING'
      ? orderRefused('HELD', 'Nothing has come free yet; you are told as soon as it has.')
      : orderRefused('LAPSED', 'The table is not held for you any more.');
  }

  for (const line of offered.lines) {
    book.move(personId, line, { reserved: -line.quantity, sold: 0 });
  }
  offered.state = 'RELEASED';
  book.tell('released', offered);
  entry.state = 'TAKEN';
  const hold = {
    orderId,
    personId,
    listingId: offered.listingId,
    expiresAt: new Date(book.now.getTime() + rules.holdSeconds * 1000),
    lines: offered.lines.map((line) => ({ ...line, seating: line.seating && { ...line.seating, orderId } })),
    state: 'HELD' as const,
    told: 0,
  };
  book.hold(hold);
  return held(book, hold);
}
