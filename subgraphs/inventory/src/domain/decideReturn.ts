import { InvalidReturn } from './invalidReturn.js';
import type { Book } from './book.js';
import type { ReturnRequest, UnitsReturned } from './requests.js';

/**
 * Gives single sold units back. Of an order that was released meanwhile all units are back already.
 * @throws InvalidReturn when the order never had these units: a defect of the caller.
 */
export function decideReturn(book: Book, { returnId, orderId, lines }: ReturnRequest): UnitsReturned {
  const answer: UnitsReturned = { __typename: 'UnitsReturned', returnId };
  if (book.doneReturns.has(returnId) || book.returns.has(returnId)) return answer;
  const hold = book.holds.get(orderId);
  if (!hold || !['CONFIRMED', 'RELEASED'].includes(hold.state)) {
    throw new InvalidReturn(`Nothing is sold to the order ${orderId}.`);
  }
  for (const { offerId, quantity } of lines) {
    const line = hold.lines.find((each) => each.offerId === offerId);
    if (line?.seating) throw new InvalidReturn(`The table of the order ${orderId} comes back whole.`);
    if (!line || quantity > line.quantity - (hold.state === 'CONFIRMED' ? line.returned : 0)) {
      throw new InvalidReturn(
        `The order ${orderId} has not so many units of the offer ${offerId} to return.`,
      );
    }
  }
  if (hold.state === 'CONFIRMED') {
    for (const { offerId, quantity } of lines) {
      const line = hold.lines.find((each) => each.offerId === offerId);
      if (line) line.returned += quantity;
      book.move(hold.personId, { offerId, seating: null }, { reserved: 0, sold: -quantity });
    }
    const told = lines.map(({ offerId, quantity }) => ({ offerId, quantity, seating: null }));
    book.tell('released', hold, told);
  }
  book.returns.set(returnId, orderId);
  return answer;
}
