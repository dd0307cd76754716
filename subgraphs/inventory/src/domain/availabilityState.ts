import type { Listing, Offer } from './book.js';
import { saleWindow } from './saleWindow.js';

/** What an offer says of its availability. Never one word for two meanings. */
export type AvailabilityState =
  'AVAILABLE' | 'LOW' | 'HELD' | 'SOLD_OUT' | 'PAUSED' | 'NOT_ON_SALE' | 'SALE_ENDED';

/** How an offer stands. */
export interface Availability {
  readonly state: AvailabilityState;
  /** Units that could be held now, the listing's maximum considered; 0 unless on sale. */
  readonly available: number;
}

type Counted = Pick<Offer, 'total' | 'reserved' | 'sold'>;

/**
 * How an offer stands at an instant.
 * @param siblings every offer of the listing, this one included: its maximum of attendees bounds them together.
 * @param lowPercent LOW begins at this share of the total, and at the last unit of several.
 */
export function availabilityOf(
  offer: Offer,
  listing: Listing,
  siblings: readonly Counted[],
  now: Date,
  lowPercent: number,
): Availability {
  const closed = closedState(offer, listing, now);
  if (closed === 'NOT_ON_SALE' || closed === 'SALE_ENDED') return { state: closed, available: 0 };
  const room = roomOf(listing, siblings);
  if (offer.sold >= offer.total || room.ever <= 0) return { state: 'SOLD_OUT', available: 0 };
  if (closed === 'PAUSED') return { state: closed, available: 0 };
  const available = Math.min(offer.total - offer.reserved - offer.sold, room.now);
  if (available <= 0) return { state: 'HELD', available: 0 };
  const few = available < offer.total && (available === 1 || available * 100 <= offer.total * lowPercent);
  return { state: few ? 'LOW' : 'AVAILABLE', available };
}

/** Why nothing of an offer can be had whatever its counters say; null when it is on sale. */
export function closedState(
  offer: Offer,
  listing: Listing,
  now: Date,
): 'PAUSED' | 'NOT_ON_SALE' | 'SALE_ENDED' | null {
  if (listing.status === 'CANCELLED') return 'SALE_ENDED';
  const { startsAt, endsAt } = saleWindow(offer, listing);
  if (endsAt !== null && now >= endsAt) return 'SALE_ENDED';
  if (listing.status !== 'PUBLISHED' || startsAt === null || now < startsAt) return 'NOT_ON_SALE';
  return offer.paused ? 'PAUSED' : null;
}

/** Attendees that the listing has room for: now, and if every hold came back. */
export function roomOf(
  listing: Listing,
  offers: readonly Counted[],
): { readonly now: number; readonly ever: number } {
  if (listing.maximumAttendees === null) return { now: Infinity, ever: Infinity };
  let sold = 0;
  let reserved = 0;
  for (const offer of offers) {
    sold += offer.sold;
    reserved += offer.reserved;
  }
  const ever = listing.maximumAttendees - sold;
  return { now: ever - reserved, ever };
}
