import type { OfferSnapshot } from '@foyer/kafka';
import type { Listing, Offer } from '../domain/book.js';

/** What others are told of an offer, counters aside. */
export function offerSnapshot(offer: Offer, listing: Listing): OfferSnapshot {
  return {
    offerId: offer.id,
    kind: offer.kind,
    listingId: listing.id,
    organizationId: listing.organizationId,
    name: offer.name,
    price: { amount: offer.price, currency: offer.currency },
    total: offer.total,
    limitPerPerson: offer.limitPerPerson,
    saleStartsAt: offer.saleStartsAt?.toISOString() ?? null,
    saleEndsAt: offer.saleEndsAt?.toISOString() ?? null,
    paused: offer.paused,
    hidden: offer.accessCodeHash !== null,
  };
}
