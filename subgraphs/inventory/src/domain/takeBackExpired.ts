import type { Book } from './book.js';

/**
 * Takes back the holds of the book that have run out: their units are free again.
 * @param spare orders that are left as they are.
 */
export function takeBackExpired(book: Book, spare: ReadonlySet<string> = new Set()): void {
  for (const hold of book.holds.values()) {
    if (hold.state !== 'HELD' || hold.expiresAt > book.now || spare.has(hold.orderId)) continue;
    for (const { offerId, quantity } of hold.lines) {
      book.move(offerId, hold.personId, { reserved: -quantity, sold: 0 });
    }
    hold.state = 'EXPIRED';
    book.tell('expired', hold);
  }
}
