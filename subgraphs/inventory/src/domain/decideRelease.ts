import { invariant } from '@foyer/platform/domain';
import type { Book } from './book.js';
import { closeOffer } from './tables/closeOffer.js';
import type { HoldReleased, ReleaseRequest } from './requests.js';

/**
 * Gives an order's units back, held or sold (less those that came back one by one), for good. Orders that nothing was
 * held for never come here: they get a tombstone.
 */
export function decideRelease(book: Book, { orderId }: ReleaseRequest): HoldReleased {
  const hold = book.holds.get(orderId);
  invariant(hold ?? book.tombstones.has(orderId), `order ${orderId} has neither hold nor tombstone`);
  if (hold && hold.state !== 'RELEASED') {
    const lines = hold.lines
      .map(({ quantity, returned, ...line }) => ({ ...line, quantity: quantity - returned }))
      .filter(({ quantity }) => quantity > 0);
    const hadUnits = hold.state !== 'EXPIRED' && lines.length > 0;
    if (hadUnits) {
      const from = hold.state === 'HELD' ? 'reserved' : 'sold';
      for (const line of lines) {
        book.move(hold.personId, line, { reserved: 0, sold: 0, [from]: -line.quantity });
      }
      book.tell('released', hold, lines);
    }
    hold.state = 'RELEASED';
    closeOffer(book, orderId, 'LEFT');
  }
  return { __typename: 'HoldReleased', orderId };
}
