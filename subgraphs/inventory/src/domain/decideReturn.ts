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
      book.move(offerId, hold.personId, { reserved: 0, sold: -quantity });
    }
    book.tell('released', hold, lines);
  }
  book.returns.set(returnId, orderId);
  return answer;
}
