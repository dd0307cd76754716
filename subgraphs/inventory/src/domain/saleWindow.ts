import type { Listing, Offer } from './book.js';

/** When an offer is on sale: from `startsAt` on, before `endsAt`. Null: not known yet. */
export interface SaleWindow {
  readonly startsAt: Date | null;
  readonly endsAt: Date | null;
}

/** An offer's sale window: its own times within those of its listing. */
export function saleWindow(
  offer: Pick<Offer, 'saleStartsAt' | 'saleEndsAt'>,
  listing: Pick<Listing, 'saleStartsAt' | 'saleEndsAt'>,
): SaleWindow {
  return {
    startsAt: bound(offer.saleStartsAt, listing.saleStartsAt, Math.max),
    endsAt: bound(offer.saleEndsAt, listing.saleEndsAt, Math.min),
  };
}

function bound(own: Date | null, outer: Date | null, choose: (a: number, b: number) => number): Date | null {
  if (own === null || outer === null) return outer;
  return new Date(choose(own.getTime(), outer.getTime()));
}

/** When time alone changes the state of an offer next; null when it never will. */
export function nextSaleChange({ startsAt, endsAt }: SaleWindow, now: Date): Date | null {
  if (startsAt !== null && now < startsAt) return startsAt;
  return endsAt !== null && now < endsAt ? endsAt : null;
}
