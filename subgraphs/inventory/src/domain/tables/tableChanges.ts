import type { Book } from '../book.js';
import type { BlockRequest } from '../requests.js';
import { cellsOf } from './cells.js';
import type { Restaurant } from './restaurant.js';
import { overlaps, type Seating } from './seating.js';
import { closesAt, slotsOfDay } from './slotsOfDay.js';
import { addDays, HOUR, localDate, MINUTE, offsetAt } from './wallClock.js';
import type { WaitlistEntry, WaitlistState } from './waitlistEntry.js';

/** A day of a restaurant. */
export interface RestaurantDay {
  readonly listingId: string;
  readonly day: string;
}

/** How many seatings more (or less) a person has on a day. */
export interface PersonDayGrowth extends RestaurantDay {
  readonly personId: string;
  readonly growth: number;
  /** The restaurant's limit. */
  readonly allowed: number;
}

/** How many seats more (or less) are taken in a cell of an area of seats alone. */
export interface SeatGrowth {
  readonly areaId: string;
  readonly startsAt: Date;
  readonly growth: number;
  /** All seats of the area. */
  readonly capacity: number;
}

/** The part of a book's difference that lies in time. */
export interface TableChanges {
  readonly removed: readonly Seating[];
  readonly added: readonly Seating[];
  readonly persons: readonly PersonDayGrowth[];
  readonly seats: readonly SeatGrowth[];
  /** Days of which something shows differently now. */
  readonly days: readonly RestaurantDay[];
  readonly newEntries: readonly WaitlistEntry[];
  readonly changedEntries: readonly { readonly entry: WaitlistEntry; readonly from: WaitlistState }[];
  readonly changes: readonly { readonly changeId: string; readonly orderId: string }[];
  readonly blocks: readonly BlockRequest[];
}

/** What a store has to write of restaurants so that what is stored is what the book says. */
export function tableChanges(book: Book): TableChanges {
  const { tables } = book;
  const present = new Set(tables.allSeatings());
  const stored = new Set(tables.storedSeatings.values());
  const removed = [...stored].filter((seating) => !present.has(seating));
  const added = [...present].filter((seating) => !stored.has(seating));
  const entries = [...tables.entries.values()];
  return {
    removed,
    added,
    persons: personGrowth(book, removed, added),
    seats: seatGrowth(book, removed, added),
    days: daysShown(book, [...removed, ...added, ...soldSince(book)]),
    newEntries: entries.filter(({ id }) => !tables.storedEntries.has(id)),
    changedEntries: entries.flatMap((entry) => {
      const before = tables.storedEntries.get(entry.id);
      const same = !before || (before.state === entry.state && before.told === entry.told);
      return same ? [] : [{ entry, from: before.state }];
    }),
    changes: [...tables.changes].map(([changeId, orderId]) => ({ changeId, orderId })),
    blocks: tables.blocks,
  };
}

/** What was held and is sold now: it shows as sold out where it showed as held. */
function soldSince(book: Book): readonly Seating[] {
  return [...book.holds.values()]
    .filter((hold) => hold.state === 'CONFIRMED' && book.storedHolds.get(hold.orderId)?.state === 'HELD')
    .flatMap(({ lines }) => lines.map(({ seating }) => seating))
    .filter((seating) => seating !== null);
}

function personGrowth(book: Book, removed: readonly Seating[], added: readonly Seating[]) {
  const growths = new Map<string, PersonDayGrowth>();
  const grow = ({ listingId, personId, day }: Seating, by: number): void => {
    const key = `${listingId} ${personId} ${day}`;
    const growth = (growths.get(key)?.growth ?? 0) + by;
    const allowed = book.tables.restaurant(listingId).limitPerPersonAndDay;
    growths.set(key, { listingId, personId, day, growth, allowed });
  };
  for (const seating of removed) grow(seating, -1);
  for (const seating of added) grow(seating, 1);
  return [...growths.values()].filter(({ growth }) => growth !== 0);
}

function seatGrowth(book: Book, removed: readonly Seating[], added: readonly Seating[]) {
  const growths = new Map<string, SeatGrowth>();
  const grow = ({ tables, listingId, offerId, startsAt, endsAt, partySize }: Seating, sign: 1 | -1): void => {
    if (tables.length > 0) return;
    const capacity = book.tables.restaurant(listingId).areasById.get(offerId)?.seats ?? 0;
    for (const cell of cellsOf(startsAt, endsAt)) {
      const key = `${offerId} ${cell}`;
      const growth = (growths.get(key)?.growth ?? 0) + sign * partySize;
      growths.set(key, { areaId: offerId, startsAt: new Date(cell), growth, capacity });
    }
  };
  for (const seating of removed) grow(seating, -1);
  for (const seating of added) grow(seating, 1);
  return [...growths.values()].filter(({ growth }) => growth !== 0);
}

function daysShown(book: Book, seatings: readonly Seating[]): readonly RestaurantDay[] {
  const days = new Map<string, RestaurantDay>();
  for (const seating of seatings) {
    const { listingId } = seating;
    for (const day of daysTouched(book.tables.restaurant(listingId), seating)) {
      days.set(`${listingId} ${day}`, { listingId, day });
    }
  }
  // In one order always, so that no two transactions wait for each other.
  return [...days].sort(([a], [b]) => (a < b ? -1 : 1)).map(([, day]) => day);
}

/** The days on which a seating can be in anybody's way, its own among them. */
function daysTouched(restaurant: Restaurant, seating: Seating): readonly string[] {
  const { timeZone, longestStay } = restaurant;
  const days = new Set([seating.day]);
  const last = localDate(timeZone, seating.endsAt);
  const date = localDate(timeZone, seating.startsAt);
  const before = addDays(date, -1);
  // Mostly the evening before is over by far; an hour or two is what clocks are changed by.
  const late = Date.parse(before) + closesAt(restaurant, before) * MINUTE + longestStay + 2 * HOUR;
  const isOver = late < seating.startsAt + offsetAt(timeZone, seating.startsAt);
  for (let day = isOver ? date : before; day <= last; day = addDays(day, 1)) {
    if (days.has(day)) continue;
    const slots = slotsOfDay(restaurant, day);
    if (slots.some(({ startsAt }) => overlaps(seating, startsAt, startsAt + longestStay))) days.add(day);
  }
  return [...days];
}
