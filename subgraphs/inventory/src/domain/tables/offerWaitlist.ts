import { newId } from '@foyer/platform/domain';
import type { Book } from '../book.js';
import type { Rules } from '../rules.js';
import { areasOf, planSeating, SPARE_NONE } from './planSeating.js';
import type { Restaurant } from './restaurant.js';
import type { Seating } from './seating.js';
import { slotsOfDay, stayOf } from './slotsOfDay.js';
import { addDays, localDate } from './wallClock.js';
import type { WaitlistEntry } from './waitlistEntry.js';

/**
 * Offers what has come free to whoever waits for it, in order of their coming, before anybody else can have it: called
 * after every decision that frees something, within its transaction. Passed over is only who doesn't fit what is free.
 */
export function offerWaitlist(book: Book, rules: Rules): void {
  const freed = [...book.tables.freed];
  book.tables.freed.clear();
  for (const listingId of freed) {
    if (book.listing(listingId).status !== 'PUBLISHED') continue;
    for (const entry of book.tables.waitingAt(listingId)) {
      const seating = seatingFor(book, entry);
      if (seating) offer(book, rules, entry, seating);
    }
  }
}

/** The beginnings that an entry waits for, in order. */
export function awaitedStarts(
  restaurant: Restaurant,
  { from, until }: Pick<WaitlistEntry, 'from' | 'until'>,
) {
  const starts: number[] = [];
  const last = localDate(restaurant.timeZone, until);
  for (let day = addDays(localDate(restaurant.timeZone, from), -1); day <= last; day = addDays(day, 1)) {
    for (const { startsAt } of slotsOfDay(restaurant, day)) {
      if (startsAt >= from && startsAt <= until) starts.push(startsAt);
    }
  }
  return starts;
}

/** The earliest seating that an entry could have now; null when there is none. */
export function seatingFor(
  book: Book,
  entry: Pick<WaitlistEntry, 'listingId' | 'personId' | 'partySize' | 'offerIds' | 'from' | 'until'>,
): Seating | null {
  const { listingId, personId, partySize } = entry;
  const restaurant = book.tables.restaurant(listingId);
  // An area may have gone since.
  const [offerId, ...anyOf] = entry.offerIds.filter((id) => areasOf(restaurant, [id]));
  if (offerId === undefined) return null;
  const orderId = newId();
  for (const startsAt of awaitedStarts(restaurant, entry)) {
    // Where nobody looked nothing has come free.
    if (!book.tables.knows(listingId, startsAt, startsAt + stayOf(restaurant, partySize))) continue;
    const line = { offerId, quantity: partySize, seating: { startsAt: new Date(startsAt), anyOf } };
    const seating = planSeating(book, { orderId, personId, line, spare: SPARE_NONE });
    if (!('code' in seating)) return seating;
  }
  return null;
}

function offer(book: Book, rules: Rules, entry: WaitlistEntry, seating: Seating): void {
  const { orderId, personId, listingId, offerId, partySize } = seating;
  const { price } = book.offer(offerId);
  const expiresAt = new Date(book.now.getTime() + rules.waitlistOfferSeconds * 1000);
  const lines = [{ offerId, quantity: partySize, unitPrice: price, returned: 0, seating }];
  book.hold({ orderId, personId, listingId, expiresAt, lines, state: 'HELD', told: 0 });
  entry.state = 'OFFERED';
  entry.holdOrderId = orderId;
  book.tables.tell('offered', entry, book.correlationId);
}
