import type { Book, Hold } from './book.js';
import { orderRefused } from './holdRefused.js';
import { refuseTaking } from './refuseLines.js';
import type { ConfirmRequest, HoldConfirmed, HoldRefused } from './requests.js';
import type { Rules } from './rules.js';

/**
 * Turns an order's held units into sold ones. A hold that has run out is confirmed only if all its units are still
 * there and the limits still allow them; one whose units nobody has taken back yet simply has them still.
 */
export function decideConfirm(
  book: Book,
  { orderId }: ConfirmRequest,
  rules: Rules,
): HoldConfirmed | HoldRefused {
  const hold = book.holds.get(orderId);
  if (!hold) {
    return book.tombstones.has(orderId)
      ? orderRefused('RELEASED', 'This order was released.')
      : orderRefused('NOT_FOUND', 'Nothing was ever held for this order.');
  }
  if (hold.state === 'RELEASED') return orderRefused('RELEASED', 'This order was released.');
  if (hold.state === 'EXPIRED') {
    const refused = takeAgain(book, hold, rules);
    if (refused) return refused;
  } else if (hold.state === 'HELD') {
    for (const { offerId, quantity } of hold.lines) {
      book.move(offerId, hold.personId, { reserved: -quantity, sold: quantity });
    }
    sell(book, hold);
  }
  return { __typename: 'HoldConfirmed', orderId };
}

function takeAgain(book: Book, hold: Hold, rules: Rules): HoldRefused | null {
  if (book.listing(hold.listingId).status === 'CANCELLED') {
    return orderRefused('SALE_ENDED', 'The hold has run out, and the event is cancelled.');
  }
  const refused = refuseTaking(book, rules, hold.personId, hold.lines);
  if (refused) return refused;
  for (const { offerId, quantity } of hold.lines) {
    book.move(offerId, hold.personId, { reserved: 0, sold: quantity });
  }
  sell(book, hold);
  return null;
}

function sell(book: Book, hold: Hold): void {
  hold.state = 'CONFIRMED';
  book.tell('confirmed', hold);
}
