import { availabilityOf, type Availability } from './availabilityState.js';
import type { Book, Listing, Offer } from './book.js';
import type { Rules } from './rules.js';
import { takeBackExpired } from './takeBackExpired.js';

/** An offer and how it stands. */
export interface OfferView {
  readonly offer: Offer;
  readonly availability: Availability;
}

/** A listing as it can be shown: every offer, in order of making, and how each stands. */
export interface ListingView {
  readonly listing: Listing;
  readonly offers: readonly OfferView[];
}

/** Every listing of a book as it can be shown. What has run out counts as free, swept or not. */
export function listingViews(book: Book, rules: Rules): ReadonlyMap<string, ListingView> {
  takeBackExpired(book);
  return new Map(
    [...book.listings.values()].map((listing) => {
      const offers = book.offersOf(listing.id);
      const shown = offers.map((offer) => ({
        offer,
        availability: availabilityOf(offer, listing, offers, book.now, rules.lowPercent),
      }));
      return [listing.id, { listing, offers: shown }];
    }),
  );
}
