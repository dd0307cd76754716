import type { Book } from './book.js';
import { closeOffer } from './tables/closeOffer.js';

/**
 * Takes back the holds of the book that have run out: their units are free again.
 * @param spare orders that are left as they are.
 */
export function takeBackExpired(book: Book, spare: ReadonlySet<string> = new Set()): void {
  for (const hold of book.holds.values()) {
    if (hold.state !== 'HELD' || hold.expiresAt > book.now || spare.has(hold.orderId)) continue;
    for (const line of hold.lines) {
      book.move(hold.personId, line, { reserved: -line.quantity, sold: 0 });
    }
    hold.state = 'EXPIRED';
    book.tell('expired', hold);
    closeOffer(book, hold.orderId, 'LAPSED');
  }
}
