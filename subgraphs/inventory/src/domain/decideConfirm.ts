import type { Book, Hold } from './book.js';
import { heldLines } from './heldLines.js';
import { orderRefused } from './holdRefused.js';
import { planLines } from './planLines.js';
import { refuseTaking } from './refuseLines.js';
import type { ConfirmRequest, HoldConfirmed, HoldRefused } from './requests.js';
import type { Rules } from './rules.js';
import { closeOffer } from './tables/closeOffer.js';
import { SPARE_ALL } from './tables/planSeating.js';

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
    for (const line of hold.lines) {
      book.move(hold.personId, line, { reserved: -line.quantity, sold: line.quantity });
    }
    sell(book, hold);
  }
  return { __typename: 'HoldConfirmed', orderId, lines: heldLines(book, hold) };
}

/** A table may be another one of its area. Opening hours and prices are not judged again: the buyer has paid. */
function takeAgain(book: Book, hold: Hold, rules: Rules): HoldRefused | null {
  const { orderId, personId, lines } = hold;
  if (['CANCELLED', 'CLOSED'].includes(book.listing(hold.listingId).status)) {
    const message = 'The hold has run out, and the event is cancelled or the restaurant closed.';
    return orderRefused('SALE_ENDED', message);
  }
  const seated = lines.find(({ seating }) => seating !== null);
  if (seated?.seating) {
    const { offerId, quantity } = seated;
    const line = { offerId, quantity, seating: { startsAt: new Date(seated.seating.startsAt), anyOf: [] } };
    const planned = planLines(book, rules, {
      orderId,
      personId,
      lines: [line],
      accessCode: null,
      spare: SPARE_ALL,
    });
    if ('code' in planned) return planned;
    hold.lines = planned.map((each) => ({ ...each, unitPrice: seated.unitPrice }));
  } else {
    const units = lines.map(({ offerId, quantity }) => ({ offerId, quantity }));
    const refused = refuseTaking(book, rules, personId, units);
    if (refused) return refused;
  }
  for (const line of hold.lines) book.move(personId, line, { reserved: 0, sold: line.quantity });
  sell(book, hold);
  return null;
}

function sell(book: Book, hold: Hold): void {
  hold.state = 'CONFIRMED';
  book.tell('confirmed', hold);
  closeOffer(book, hold.orderId, 'TAKEN');
}
