import type { Book, Hold } from './book.js';
import { heldLines } from './heldLines.js';
import { orderRefused } from './holdRefused.js';
import { planLines } from './planLines.js';
import type { HoldRefused, HoldRequest, OffersHeld } from './requests.js';
import type { Rules } from './rules.js';
import { sameLines } from './sameLines.js';
import { SPARE_NONE } from './tables/planSeating.js';

/** Holds all lines of an order or none. The same order again gets the same answer, whatever became of it since. */
export function decideHold(book: Book, request: HoldRequest, rules: Rules): OffersHeld | HoldRefused {
  const { orderId, personId } = request;
  if (book.tombstones.has(orderId)) return released();
  const known = book.holds.get(orderId);
  if (known) return repeat(book, known, request);

  const lines = planLines(book, rules, { ...request, spare: SPARE_NONE });
  if ('code' in lines) return lines;
  const hold: Hold = {
    orderId,
    personId,
    listingId: book.offer(lines[0]?.offerId ?? '').listingId,
    expiresAt: new Date(book.now.getTime() + rules.holdSeconds * 1000),
    lines,
    state: 'HELD',
    told: 0,
  };
  book.hold(hold);
  return held(book, hold);
}

function repeat(book: Book, hold: Hold, { personId, lines }: HoldRequest): OffersHeld | HoldRefused {
  if (hold.state === 'RELEASED') return released();
  return hold.personId === personId && sameLines(hold.lines, lines)
    ? held(book, hold)
    : orderRefused('INVALID_INPUT', 'This order was held before, with other lines or for another person.');
}

/** The answer that tells of a hold. */
export function held(book: Book, hold: Hold): OffersHeld {
  const { orderId, expiresAt } = hold;
  return { __typename: 'OffersHeld', orderId, expiresAt, lines: heldLines(book, hold) };
}

/** The refusal of an order that was released. */
export function released(): HoldRefused {
  return orderRefused('RELEASED', 'This order was released; place a new one.');
}
