import { currencyExponent } from '@foyer/platform';
import type { Listing, Offer } from '../domain/book.js';
import type { ListingView, OfferView } from '../domain/listingView.js';
import { isInsider } from './access.js';
import type { InventoryContext, InventoryServices } from './context.js';
import { findOffer } from './findOffer.js';

/** A ticket class as resolvers pass it on. */
export interface TicketClassParent {
  readonly listing: Listing;
  readonly view: OfferView;
}

/** Resolvers of `TicketClass`. */
export function ticketClassResolvers(services: InventoryServices) {
  const offerField =
    <Field extends keyof Offer>(name: Field) =>
    ({ view }: TicketClassParent): Offer[Field] =>
      view.offer[name];
  return {
    __resolveReference: ({ id }: { readonly id: string }, context: InventoryContext) =>
      findOffer(services, context, id),
    id: offerField('id'),
    name: offerField('name'),
    total: offerField('total'),
    limitPerPerson: offerField('limitPerPerson'),
    saleStartsAt: offerField('saleStartsAt'),
    saleEndsAt: offerField('saleEndsAt'),
    paused: offerField('paused'),
    event: ({ listing }: TicketClassParent) => ({ id: listing.id }),
    price: ({ view: { offer } }: TicketClassParent) => ({
      amount: offer.price,
      currency: offer.currency,
      exponent: currencyExponent(offer.currency),
    }),
    hidden: ({ view }: TicketClassParent) => view.offer.accessCodeHash !== null,
    availability: (parent: TicketClassParent) => offerAvailability(parent.listing, parent.view),
    counters: async (
      { listing, view: { offer } }: TicketClassParent,
      _: unknown,
      { identity }: InventoryContext,
    ) => {
      if (!(await isInsider(services.copies, identity, listing))) return null;
      return { total: offer.total, reserved: offer.reserved, sold: offer.sold };
    },
  };
}

/** An `OfferAvailability`. */
export function offerAvailability(listing: Listing, view: OfferView) {
  return { ticketClass: { listing, view }, ...view.availability };
}

/** An `EventAvailability` of the offers that may be seen. */
export function eventAvailability({ listing }: ListingView, offers: readonly OfferView[]) {
  return {
    event: { id: listing.id },
    version: listing.version,
    offers: offers.map((view) => offerAvailability(listing, view)),
  };
}
