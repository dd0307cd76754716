import { notOnSale } from './refusals.js';

/** What of an event decides whether it is sold. Instants in RFC 3339. */
export interface Listing {
  readonly status: string;
  /** null until it is configured. */
  readonly configuration: { readonly saleStartsAt: string; readonly saleEndsAt: string } | null;
}

/**
 * Makes sure that an event is sold now.
 * @throws Refused `ListingNotOnSale`.
 */
export function checkListing(event: Listing, now: Date): void {
  if (event.status === 'CANCELLED') throw notOnSale('EVENT_CANCELLED', null);
  const { configuration } = event;
  if (event.status !== 'PUBLISHED' || !configuration) throw notOnSale('NOT_PUBLISHED', null);
  const startsAt = new Date(configuration.saleStartsAt);
  if (now < startsAt) throw notOnSale('NOT_ON_SALE', startsAt);
  if (now >= new Date(configuration.saleEndsAt)) throw notOnSale('SALE_ENDED', null);
}
