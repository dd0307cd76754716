import type { Book, Hold } from './book.js';
import { orderRefused } from './holdRefused.js';
import { refuseClosed, refuseTaking } from './refuseLines.js';
import type { HoldRefused, HoldRequest, OffersHeld } from './requests.js';
import type { Rules } from './rules.js';

/** Holds all lines of an order or none. The same order again gets the same answer, whatever became of it since. */
export function decideHold(book: Book, request: HoldRequest, rules: Rules): OffersHeld | HoldRefused {
  const { orderId, personId, lines, accessCode } = request;
  if (book.tombstones.has(orderId)) return released();
  const known = book.holds.get(orderId);
  if (known) return repeat(book, known, request);

  for (const { offerId } of lines) {
    const offer = book.offers.get(offerId);
    if (!offer) return { ...orderRefused('NOT_FOUND', 'There is no such offer.'), offerId };
    const refused = refuseClosed(book, rules, offer, accessCode);
    if (refused) return refused;
  }
  const refused = refuseTaking(book, rules, personId, lines);
  if (refused) return refused;

  const hold: Hold = {
    orderId,
    personId,
    listingId: book.offer(lines[0]?.offerId ?? '').listingId,
    expiresAt: new Date(book.now.getTime() + rules.holdSeconds * 1000),
    lines: lines.map(({ offerId, quantity }) => {
      return { offerId, quantity, unitPrice: book.offer(offerId).price, returned: 0 };
    }),
    state: 'HELD',
    told: 0,
  };
  for (const { offerId, quantity } of lines) book.move(offerId, personId, { reserved: quantity, sold: 0 });
  book.holds.set(orderId, hold);
  book.tell('held', hold);
  return held(book, hold);
}

function repeat(book: Book, hold: Hold, { personId, lines }: HoldRequest): OffersHeld | HoldRefused {
  if (hold.state === 'RELEASED') return released();
  const same =
    hold.personId === personId &&
    hold.lines.length === lines.length &&
    lines.every(({ offerId, quantity }) =>
      hold.lines.some((line) => line.offerId === offerId && line.quantity === quantity),
    );
  return same
    ? held(book, hold)
    : orderRefused('INVALID_INPUT', 'This order was held before, with other lines or for another person.');
}

function held(book: Book, { orderId, expiresAt, lines, listingId }: Hold): OffersHeld {
  return {
    __typename: 'OffersHeld',
    orderId,
    expiresAt,
    lines: lines.map(({ offerId, quantity, unitPrice }) => {
      const { name, currency } = book.offer(offerId);
      return { offerId, listingId, name, quantity, unitPrice: { amount: unitPrice, currency } };
    }),
  };
}

function released(): HoldRefused {
  return orderRefused('RELEASED', 'This order was released; place a new one.');
}
