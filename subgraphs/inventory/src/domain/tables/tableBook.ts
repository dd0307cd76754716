import { invariant } from '@foyer/platform/domain';
import type { BlockRequest } from '../requests.js';
import type { Restaurant } from './restaurant.js';
import type { Seating } from './seating.js';
import { SeatingIndex } from './seatingIndex.js';
import type { WaitlistEntry, WaitlistNotice } from './waitlistEntry.js';

/** A stretch of a restaurant's time. */
export interface TimeWindow {
  readonly listingId: string;
  /** Milliseconds since 1970; `until` is not part of it. */
  readonly from: number;
  readonly until: number;
}

/** What a group of requests decides on at restaurants. */
export interface TableContent {
  readonly restaurants: readonly Restaurant[];
  /** The times that were looked at: every live seating that touches one of them is in `seatings`. */
  readonly windows: readonly TimeWindow[];
  /** Live ones: those of the windows, and those of the days in question of the persons in question. */
  readonly seatings: readonly Seating[];
  /** Orders of those seatings that are held, not sold. */
  readonly heldOrders: readonly string[];
  /** Entries in question, and all that wait for a time of the windows. */
  readonly entries: readonly WaitlistEntry[];
  /** The last place given out in each restaurant's line; none given where nothing is listed. */
  readonly places: readonly { readonly listingId: string; readonly place: number }[];
  /** Of the changes in question, those that have been done. */
  readonly changes: readonly { readonly changeId: string; readonly orderId: string }[];
}

/** Nothing of restaurants. */
export const NO_TABLES: TableContent = {
  restaurants: [],
  windows: [],
  seatings: [],
  heldOrders: [],
  entries: [],
  places: [],
  changes: [],
};

/** The present state of some restaurants' tables: the part of a `Book` that lies in time. */
export class TableBook {
  readonly restaurants: ReadonlyMap<string, Restaurant>;
  readonly entries: Map<string, WaitlistEntry>;
  readonly notices: WaitlistNotice[] = [];
  readonly storedSeatings: ReadonlyMap<string, Seating>;
  readonly storedEntries: ReadonlyMap<string, Pick<WaitlistEntry, 'state' | 'told'>>;
  readonly storedHeld: ReadonlySet<string>;
  readonly doneChanges: ReadonlyMap<string, string>;
  /** Changes done by this group: by their id, the order. */
  readonly changes = new Map<string, string>();
  /** Blocks made by this group. */
  readonly blocks: BlockRequest[] = [];
  /** Restaurants where something has come free since the line was last looked at. */
  readonly freed = new Set<string>();
  private readonly windows: readonly TimeWindow[];
  private readonly seatings = new Map<string, SeatingIndex>();
  private readonly places: Map<string, number>;

  constructor(content: TableContent) {
    this.restaurants = new Map(content.restaurants.map((restaurant) => [restaurant.id, restaurant]));
    this.entries = new Map(content.entries.map((entry) => [entry.id, entry]));
    this.storedEntries = new Map(content.entries.map(({ id, state, told }) => [id, { state, told }]));
    this.storedSeatings = new Map(content.seatings.map((seating) => [seatingKey(seating), seating]));
    this.storedHeld = new Set(content.heldOrders);
    this.doneChanges = new Map(content.changes.map(({ changeId, orderId }) => [changeId, orderId]));
    this.windows = content.windows;
    this.places = new Map(content.places.map(({ listingId, place }) => [listingId, place]));
    for (const seating of content.seatings) this.put(seating);
  }

  /** A restaurant of the book. */
  restaurant(listingId: string): Restaurant {
    const restaurant = this.restaurants.get(listingId);
    invariant(restaurant, `restaurant ${listingId} is not in the book`);
    return restaurant;
  }

  /** The live seatings of a restaurant, earlier decisions of the group included. */
  seatingsAt(listingId: string): SeatingIndex {
    const known = this.seatings.get(listingId);
    if (known) return known;
    const index = new SeatingIndex();
    this.seatings.set(listingId, index);
    return index;
  }

  /** Every live seating. */
  *allSeatings(): Iterable<Seating> {
    for (const index of this.seatings.values()) yield* index.values();
  }

  /** Whether all that is taken at a restaurant during a time is known. */
  knows(listingId: string, from: number, until: number): boolean {
    return this.windows.some(
      (window) => window.listingId === listingId && window.from <= from && until <= window.until,
    );
  }

  /** Seats a party. */
  put(seating: Seating): void {
    this.seatingsAt(seating.listingId).add(seating);
  }

  /** Frees a party's place. */
  take(seating: Seating): void {
    if (this.seatingsAt(seating.listingId).delete(seating)) this.freed.add(seating.listingId);
  }

  /** The parties that wait at a restaurant, in order. */
  waitingAt(listingId: string): readonly WaitlistEntry[] {
    return [...this.entries.values()]
      .filter((entry) => entry.listingId === listingId && entry.state === 'WAITING')
      .sort((a, b) => a.place - b.place);
  }

  /** Whoever this hold is offered to; null for an ordinary one. */
  offeredBy(orderId: string): WaitlistEntry | null {
    for (const entry of this.entries.values()) {
      if (entry.holdOrderId === orderId && entry.state === 'OFFERED') return entry;
    }
    return null;
  }

  /** Gives out the next place in a restaurant's line. */
  nextPlace(listingId: string): number {
    const place = (this.places.get(listingId) ?? 0) + 1;
    this.places.set(listingId, place);
    return place;
  }

  /** Notes what others are told of an entry. */
  tell(kind: WaitlistNotice['kind'], entry: WaitlistEntry, correlationId: string | null): void {
    entry.told += 1;
    const holdOrderId = kind === 'left' ? null : entry.holdOrderId;
    this.notices.push({ kind, entry, holdOrderId, version: entry.told, correlationId });
  }
}

/** What a seating is known by: its line. */
export function seatingKey({ orderId, offerId }: Pick<Seating, 'orderId' | 'offerId'>): string {
  return `${orderId} ${offerId}`;
}
