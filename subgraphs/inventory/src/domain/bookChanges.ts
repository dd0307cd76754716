import { availabilityOf, type AvailabilityState } from './availabilityState.js';
import { unitsKey, type Book, type Hold, type HoldState, type Offer, type UnitsGrowth } from './book.js';
import type { Rules } from './rules.js';
import { tableChanges, type TableChanges } from './tables/tableChanges.js';
import { nextSaleChange, saleWindow } from './saleWindow.js';

/** An offer that is to be written. Counters as differences. */
export interface OfferChange {
  readonly offer: Offer;
  readonly reserved: number;
  readonly sold: number;
  readonly state: AvailabilityState;
  readonly stateChangesAt: Date | null;
}

/** The difference between a book as it was read and as decisions have left it. */
export interface BookChanges {
  readonly newHolds: readonly Hold[];
  /** Stored holds that are in another state now, or told of once more, and the state they were read in. */
  readonly changedHolds: readonly { readonly hold: Hold; readonly from: HoldState }[];
  /** Stored holds that have other lines now than they had. */
  readonly relinedHolds: readonly Hold[];
  readonly returnedLines: readonly {
    readonly orderId: string;
    readonly offerId: string;
    readonly quantity: number;
  }[];
  /** What persons have more or less of an offer; never 0. */
  readonly units: readonly UnitsGrowth[];
  readonly offers: readonly OfferChange[];
  /** Listings with anything of theirs changed, and by how much the units taken of them grew. */
  readonly listings: readonly { readonly id: string; readonly taken: number }[];
  readonly returns: readonly { readonly returnId: string; readonly orderId: string }[];
  readonly tables: TableChanges;
}

/** What a store has to write so that what is stored is what the book says. */
export function bookChanges(book: Book, rules: Rules): BookChanges {
  const offers = [...book.offers.values()]
    .map((offer) => offerChange(book, offer, rules))
    .filter((each) => each !== null);
  const tables = tableChanges(book);
  const taken = new Map(tables.days.map(({ listingId }) => [listingId, 0]));
  for (const { offer, reserved, sold } of offers) {
    taken.set(offer.listingId, (taken.get(offer.listingId) ?? 0) + reserved + sold);
  }
  const holds = [...book.holds.values()];
  return {
    newHolds: holds.filter(({ orderId }) => !book.storedHolds.has(orderId)),
    changedHolds: holds.flatMap((hold) => {
      const stored = book.storedHolds.get(hold.orderId);
      const same = !stored || (stored.state === hold.state && stored.told === hold.told);
      return same ? [] : [{ hold, from: stored.state }];
    }),
    relinedHolds: holds.filter((hold) => {
      const stored = book.storedHolds.get(hold.orderId);
      return stored !== undefined && stored.lines !== hold.lines;
    }),
    returnedLines: holds.flatMap((hold) => returnedLines(book, hold)),
    units: [...book.unitsGrowth.values()].filter(({ growth }) => growth !== 0),
    offers,
    listings: [...taken].map(([id, growth]) => ({ id, taken: growth })),
    returns: [...book.returns].map(([returnId, orderId]) => ({ returnId, orderId })),
    tables,
  };
}

function offerChange(book: Book, offer: Offer, rules: Rules): OfferChange | null {
  if (offer.kind === 'TABLE') return null;
  const listing = book.listing(offer.listingId);
  const stored = book.storedCounters.get(offer.id) ?? offer;
  const reserved = offer.reserved - stored.reserved;
  const sold = offer.sold - stored.sold;
  const { state } = availabilityOf(offer, listing, book.offersOf(listing.id), book.now, rules.lowPercent);
  const stateChangesAt =
    listing.status === 'PUBLISHED' ? nextSaleChange(saleWindow(offer, listing), book.now) : null;
  const same =
    reserved === 0 &&
    sold === 0 &&
    state === offer.state &&
    stateChangesAt?.getTime() === offer.stateChangesAt?.getTime();
  return same ? null : { offer, reserved, sold, state, stateChangesAt };
}

function returnedLines(book: Book, { orderId, lines }: Hold): BookChanges['returnedLines'] {
  return lines.flatMap(({ offerId, returned }) => {
    const quantity = returned - (book.storedReturned.get(unitsKey(orderId, offerId)) ?? 0);
    return quantity === 0 ? [] : [{ orderId, offerId, quantity }];
  });
}
