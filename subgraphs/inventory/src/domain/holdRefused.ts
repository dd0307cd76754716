import { availabilityOf } from './availabilityState.js';
import type { Book, Offer } from './book.js';
import type { HoldRefusalCode, HoldRefused } from './requests.js';
import type { Rules } from './rules.js';

/** A refusal that is about the order as a whole. */
export function orderRefused(code: HoldRefusalCode, message: string): HoldRefused {
  return {
    __typename: 'HoldRefused',
    code,
    message,
    offerId: null,
    available: null,
    state: null,
    wish: null,
  };
}

/** A refusal because of one offer. @param available units that this person could have now. */
export function offerRefused(
  book: Book,
  rules: Rules,
  offer: Offer,
  code: HoldRefusalCode,
  message: string,
  available: number,
): HoldRefused {
  const { listingId } = offer;
  const siblings = book.offersOf(listingId);
  const { state } = availabilityOf(offer, book.listing(listingId), siblings, book.now, rules.lowPercent);
  return {
    __typename: 'HoldRefused',
    code,
    message,
    offerId: offer.id,
    available: Math.max(0, available),
    state,
    wish: null,
  };
}
