import type { Book } from '../book.js';
import { orderRefused } from '../holdRefused.js';
import type { HoldRefused, LineRequest, SeatingRequest } from '../requests.js';
import { occupancyOf } from './occupancy.js';
import { placeSeating } from './placeSeating.js';
import { refuseParty, refusePerson, refuseTime } from './refuseSeating.js';
import type { Area, Restaurant } from './restaurant.js';
import type { Seating } from './seating.js';
import { findSlot, stayOf } from './slotsOfDay.js';
import { tableRefused } from './tableRefused.js';
import { localDate } from './wallClock.js';

/** Rules that are not judged. */
export interface Spare {
  /** Opening hours, notice and horizon: of a time that the order had booked before. */
  readonly time: boolean;
  /** Party limits. */
  readonly party: boolean;
}

/** Every rule is judged. */
export const SPARE_NONE: Spare = { time: false, party: false };

/** Only what one person may have, and whether there is a place: for staff, and for who has paid. */
export const SPARE_ALL: Spare = { time: true, party: true };

/** A table line that is wanted. */
export interface SeatingWish {
  /** What this order has already is in nobody's way. */
  readonly orderId: string;
  readonly personId: string;
  readonly line: LineRequest & { readonly seating: SeatingRequest };
  readonly spare: Spare;
}

/**
 * Finds a party its place: in the first area of its wishes that has one, there the best fit, for its whole stay.
 * Nothing is changed.
 * @returns the seating, or why there is none.
 */
export function planSeating(book: Book, wish: SeatingWish): Seating | HoldRefused {
  const { orderId, personId, line, spare } = wish;
  const { quantity: partySize, seating: wanted } = line;
  const { listingId } = book.offer(line.offerId);
  const restaurant = book.tables.restaurant(listingId);
  const startsAt = wanted.startsAt.getTime();
  const endsAt = startsAt + stayOf(restaurant, partySize);
  const asked = {
    listingId,
    orderId,
    personId,
    startsAt,
    partySize,
    offerIds: [line.offerId, ...wanted.anyOf],
  };

  const areas = areasOf(restaurant, asked.offerIds);
  if (!areas) {
    const names = [...restaurant.areasById.values()].map(({ name }) => `"${name}"`).join(', ');
    const message = `${restaurant.name} has no such area; it has ${names || 'none now'}.`;
    return { ...orderRefused('NOT_FOUND', message), offerId: line.offerId, wish: { ...asked, offerIds: [] } };
  }
  const found = findSlot(restaurant, startsAt);
  const day = found?.day ?? localDate(restaurant.timeZone, startsAt);
  const refused =
    (spare.party ? null : refuseParty(restaurant, asked)) ??
    (spare.time ? null : refuseTime(book, restaurant, asked, found?.day ?? null)) ??
    refusePerson(book, restaurant, asked, endsAt, day);
  if (refused) return refused;

  const others = book.tables
    .seatingsAt(listingId)
    .during(startsAt, endsAt)
    .filter((each) => each.orderId !== orderId);
  const place = findPlace(others, areas, partySize, startsAt, endsAt);
  if (!place) return refusePlace(book, others, asked, areas, endsAt);
  return {
    orderId,
    offerId: place.area.id,
    listingId,
    personId,
    day,
    startsAt,
    endsAt,
    partySize,
    tables: place.tables,
  };
}

/** The best place for a party in the first of these areas that has one; null when none has. */
export function findPlace(
  seatings: Iterable<Seating>,
  areas: readonly Area[],
  partySize: number,
  startsAt: number,
  endsAt: number,
): { readonly area: Area; readonly tables: readonly string[] } | null {
  const occupancy = occupancyOf(seatings, startsAt, endsAt);
  for (const area of areas) {
    const tables = placeSeating(area, partySize, occupancy);
    if (tables) return { area, tables };
  }
  return null;
}

/** The areas of these ids; null when the restaurant lacks one. */
export function areasOf(restaurant: Restaurant, offerIds: readonly string[]): readonly Area[] | null {
  const areas = offerIds.map((id) => restaurant.areasById.get(id)).filter((area) => area !== undefined);
  return areas.length === offerIds.length ? areas : null;
}

/** Full: for good as it stands, or only until holds come back. */
function refusePlace(
  book: Book,
  seatings: readonly Seating[],
  asked: NonNullable<HoldRefused['wish']>,
  areas: readonly Area[],
  endsAt: number,
): HoldRefused {
  const { partySize, startsAt } = asked;
  const sold = seatings.filter(({ orderId }) => !book.isHeld(orderId));
  const occupancy = occupancyOf(sold, startsAt, endsAt);
  const mayComeBack = areas.some((area) => placeSeating(area, partySize, occupancy) !== null);
  return mayComeBack
    ? tableRefused('HELD', 'What is left at this time is held by others, and may come back.', asked)
    : tableRefused('SOLD_OUT', `Nothing is free at this time for ${partySize}.`, asked);
}
