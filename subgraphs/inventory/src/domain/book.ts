import { invariant } from '@foyer/platform/domain';
import type { AvailabilityState } from './availabilityState.js';
import type { Seating } from './tables/seating.js';
import { TableBook, type TableContent } from './tables/tableBook.js';

/** An event or a restaurant, as far as it decides about its offers. Null times and maximum: not configured yet. */
export interface Listing {
  readonly id: string;
  readonly kind: 'EVENT' | 'RESTAURANT';
  readonly organizationId: string;
  readonly status: ListingStatus;
  readonly saleStartsAt: Date | null;
  readonly saleEndsAt: Date | null;
  /** Over all offers together. */
  readonly maximumAttendees: number | null;
  /** Whether everything costs nothing. */
  readonly free: boolean;
  /** Of all its offers; null until there is one. */
  readonly currency: string | null;
  /** Rises with every change of availability. */
  readonly version: number;
}

export type ListingStatus = 'DRAFT' | 'CONFIGURED' | 'APPROVED' | 'PUBLISHED' | 'CANCELLED' | 'CLOSED';

/** Something that can be bought and runs out. */
export interface Offer {
  readonly id: string;
  /** Of a TABLE (an area of a restaurant) the clock decides what is free: it has no counters. */
  readonly kind: 'TICKET_CLASS' | 'TABLE';
  readonly listingId: string;
  readonly name: string;
  /** Minor units of `currency`. */
  readonly price: number;
  readonly currency: string;
  readonly total: number;
  readonly limitPerPerson: number;
  /** Null: the listing's own. */
  readonly saleStartsAt: Date | null;
  readonly saleEndsAt: Date | null;
  readonly paused: boolean;
  /** Null: visible to all. */
  readonly accessCodeHash: string | null;
  /** The state that was last told to others (null: none yet), and when time alone would change it. */
  readonly state: AvailabilityState | null;
  readonly stateChangesAt: Date | null;
  reserved: number;
  sold: number;
}

/** HELD → CONFIRMED | EXPIRED | RELEASED; EXPIRED → CONFIRMED | RELEASED; CONFIRMED → RELEASED. */
export type HoldState = 'HELD' | 'CONFIRMED' | 'RELEASED' | 'EXPIRED';

export interface HoldLine {
  readonly offerId: string;
  readonly quantity: number;
  readonly unitPrice: number;
  /** Of the sold units, those that came back one by one. */
  returned: number;
  /** Of a table; null for everything else. */
  readonly seating: Seating | null;
}

/** Units of one order. */
export interface Hold {
  readonly orderId: string;
  readonly personId: string;
  readonly listingId: string;
  readonly expiresAt: Date;
  lines: readonly HoldLine[];
  state: HoldState;
  /** How many events tell of it: the version of the last one. */
  told: number;
}

/** Something that others are told. */
export interface HoldNotice {
  readonly kind: 'held' | 'confirmed' | 'changed' | 'released' | 'expired';
  readonly hold: Hold;
  readonly lines: readonly Pick<HoldLine, 'offerId' | 'quantity' | 'seating'>[];
  /** Its position among all that is told of the hold, from 1. */
  readonly version: number;
  /** Of the request that caused it; null when only time did. */
  readonly correlationId: string | null;
}

/** What a group of requests decides on, as read under the locks of its listings' offers. */
export interface BookContent {
  /** The database's time, read after the locks were taken. */
  readonly now: Date;
  readonly listings: readonly Listing[];
  /** Every offer of these listings. */
  readonly offers: readonly Offer[];
  /** The holds of the orders in question, and the listings' holds that have run out. */
  readonly holds: readonly Hold[];
  /** Of the orders in question, those that were released before they were held. */
  readonly tombstones: readonly string[];
  /** What the persons in question hold and have bought; 0 where nothing is listed. */
  readonly units: readonly { readonly offerId: string; readonly personId: string; readonly units: number }[];
  /** Of the returns in question, those that have been done. */
  readonly returns: readonly string[];
  /** What lies in time. */
  readonly tables: TableContent;
}

/** How many units more (or less) a person has of an offer. */
export interface UnitsGrowth {
  readonly offerId: string;
  readonly personId: string;
  readonly growth: number;
}

interface Counters {
  readonly reserved: number;
  readonly sold: number;
}

/**
 * The present state of some listings, which decisions change in memory, one after the other; in the end the store
 * writes the difference (`bookChanges`).
 */
export class Book {
  readonly now: Date;
  readonly listings: ReadonlyMap<string, Listing>;
  readonly offers: ReadonlyMap<string, Offer>;
  readonly holds: Map<string, Hold>;
  readonly tombstones: ReadonlySet<string>;
  /** Returns done by this group: by their id, the order. */
  readonly returns = new Map<string, string>();
  readonly notices: HoldNotice[] = [];
  /** Of the request that is being decided. */
  correlationId: string | null = null;
  readonly storedCounters: ReadonlyMap<string, Counters>;
  readonly storedHolds: ReadonlyMap<string, Pick<Hold, 'state' | 'told' | 'lines'>>;
  readonly storedReturned: ReadonlyMap<string, number>;
  /** Growth of what persons have, by `unitsKey`. */
  readonly unitsGrowth = new Map<string, UnitsGrowth>();
  readonly doneReturns: ReadonlySet<string>;
  readonly tables: TableBook;
  private readonly siblings = new Map<string, Offer[]>();
  private readonly storedUnits: ReadonlyMap<string, number>;

  constructor(content: BookContent) {
    this.now = content.now;
    this.listings = new Map(content.listings.map((listing) => [listing.id, listing]));
    this.offers = new Map(content.offers.map((offer) => [offer.id, offer]));
    for (const offer of content.offers) {
      const siblings = this.siblings.get(offer.listingId);
      if (siblings) siblings.push(offer);
      else this.siblings.set(offer.listingId, [offer]);
    }
    this.holds = new Map(content.holds.map((hold) => [hold.orderId, hold]));
    this.tombstones = new Set(content.tombstones);
    this.doneReturns = new Set(content.returns);
    this.storedCounters = new Map(content.offers.map(({ id, reserved, sold }) => [id, { reserved, sold }]));
    this.storedHolds = new Map(
      content.holds.map(({ orderId, state, told, lines }) => [orderId, { state, told, lines }]),
    );
    this.storedReturned = new Map(
      content.holds.flatMap(({ orderId, lines }) =>
        lines.map(({ offerId, returned }) => [unitsKey(orderId, offerId), returned] as const),
      ),
    );
    this.tables = new TableBook(content.tables);
    this.storedUnits = new Map(
      content.units.map(({ offerId, personId, units }) => [unitsKey(offerId, personId), units]),
    );
  }

  /** An offer of the book. */
  offer(id: string): Offer {
    const offer = this.offers.get(id);
    invariant(offer, `offer ${id} is not in the book`);
    return offer;
  }

  /** A listing of the book. */
  listing(id: string): Listing {
    const listing = this.listings.get(id);
    invariant(listing, `listing ${id} is not in the book`);
    return listing;
  }

  /** Every offer of a listing. */
  offersOf(listingId: string): readonly Offer[] {
    return this.siblings.get(listingId) ?? [];
  }

  /** Units that a person holds or has bought of an offer, earlier decisions of the group included. */
  unitsOf(offerId: string, personId: string): number {
    const key = unitsKey(offerId, personId);
    return (this.storedUnits.get(key) ?? 0) + (this.unitsGrowth.get(key)?.growth ?? 0);
  }

  /** Notes what others are told. */
  tell(kind: HoldNotice['kind'], hold: Hold, lines: HoldNotice['lines'] = hold.lines): void {
    hold.told += 1;
    this.notices.push({ kind, hold, lines, version: hold.told, correlationId: this.correlationId });
  }

  /** Notes a new hold, takes its units, and tells of it. */
  hold(hold: Hold): void {
    for (const line of hold.lines) this.move(hold.personId, line, { reserved: line.quantity, sold: 0 });
    this.holds.set(hold.orderId, hold);
    this.tell('held', hold);
  }

  /** Whether what an order has taken is held only, and may come back. */
  isHeld(orderId: string): boolean {
    const hold = this.holds.get(orderId);
    return hold ? hold.state === 'HELD' : this.tables.storedHeld.has(orderId);
  }

  /**
   * Takes units of a line, gives them back, or turns held ones into sold ones: counters change by these numbers, and by
   * their sum what the person has of the offer. A table is taken or given back whole.
   */
  move(
    personId: string,
    { offerId, seating }: Pick<HoldLine, 'offerId' | 'seating'>,
    change: Counters,
  ): void {
    const growth = change.reserved + change.sold;
    if (seating) {
      if (growth > 0) this.tables.put(seating);
      if (growth < 0) this.tables.take(seating);
      return;
    }
    const offer = this.offer(offerId);
    offer.reserved += change.reserved;
    offer.sold += change.sold;
    const key = unitsKey(offerId, personId);
    const before = this.unitsGrowth.get(key)?.growth ?? 0;
    this.unitsGrowth.set(key, { offerId, personId, growth: before + growth });
  }
}

/** Two ids as one key. */
export function unitsKey(first: string, second: string): string {
  return `${first} ${second}`;
}
