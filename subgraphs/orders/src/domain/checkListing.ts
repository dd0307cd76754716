import type { EventSnapshot } from '@foyer/kafka';
import { notOnSale } from './refusals.js';

/**
 * Makes sure that an event is sold now.
 * @throws Refused `ListingNotOnSale`.
 */
export function checkListing(event: EventSnapshot, now: Date): void {
  if (event.status === 'CANCELLED') throw notOnSale('EVENT_CANCELLED', null);
  const { configuration } = event;
  if (event.status !== 'PUBLISHED' || !configuration) throw notOnSale('NOT_PUBLISHED', null);
  const startsAt = new Date(configuration.saleStartsAt);
  if (now < startsAt) throw notOnSale('NOT_ON_SALE', startsAt);
  if (now >= new Date(configuration.saleEndsAt)) throw notOnSale('SALE_ENDED', null);
}
