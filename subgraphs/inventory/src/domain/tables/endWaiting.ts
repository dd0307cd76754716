import type { Book } from '../book.js';
import { closedByTime, findSlot } from './slotsOfDay.js';
import { awaitedStarts } from './offerWaitlist.js';

/** Ends the waiting of those for whom no time is left, and of all where the restaurant has closed for good. */
export function endWaiting(book: Book): void {
  const now = book.now.getTime();
  for (const restaurant of book.tables.restaurants.values()) {
    for (const entry of book.tables.waitingAt(restaurant.id)) {
      const isOver =
        book.listing(restaurant.id).status === 'CLOSED' ||
        entry.until <= now ||
        awaitedStarts(restaurant, entry).every((startsAt) => {
          const day = findSlot(restaurant, startsAt)?.day ?? '';
          return closedByTime(restaurant, { startsAt }, day, now) === 'SALE_ENDED';
        });
      if (!isOver) continue;
      entry.state = 'ENDED';
      book.tables.tell('left', entry, null);
    }
  }
}
