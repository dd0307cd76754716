import type { Book } from '../book.js';
import type { JoinRequest, WaitlistJoined, WaitlistRefused } from '../requests.js';
import { awaitedStarts, seatingFor } from './offerWaitlist.js';
import { areasOf } from './planSeating.js';
import { refuseParty } from './refuseSeating.js';
import { closedByTime, findSlot } from './slotsOfDay.js';
import type { WaitlistEntry } from './waitlistEntry.js';

/** The most parties that wait for one time of a restaurant. */
const MAXIMUM_WAITING = 500;

/**
 * Puts a party in line for a time that is full. While something of it can be had, it is refused: book that. The same
 * wish again is the same place in line.
 */
export function decideJoin(book: Book, request: JoinRequest): WaitlistJoined | WaitlistRefused {
  const { listingId, personId, partySize } = request;
  const restaurant = book.tables.restaurant(listingId);
  const [from, until] = [request.from.getTime(), request.until.getTime()];
  const offerIds = request.areaIds.length > 0 ? request.areaIds : [...restaurant.areasById.keys()];
  const entry: WaitlistEntry = {
    id: request.entryId,
    listingId,
    personId,
    place: 0,
    partySize,
    offerIds,
    from,
    until,
    state: 'WAITING',
    holdOrderId: null,
    told: 0,
  };
  const wish = { listingId, orderId: request.entryId, personId, startsAt: from, partySize, offerIds };
  const refuse = (code: WaitlistRefused['code'], message: string): WaitlistRefused => {
    return { __typename: 'WaitlistRefused', code, message, wish };
  };

  const standing = [...book.tables.entries.values()].find((each) => isStanding(each, entry));
  if (standing) {
    return isSameWish(standing, entry)
      ? { __typename: 'WaitlistJoined', entryId: standing.id }
      : refuse('ALREADY_WAITING', 'You wait here for a time of that range already; leave that first.');
  }
  if (book.listing(listingId).status !== 'PUBLISHED') {
    return refuse('NOT_ON_SALE', `${restaurant.name} takes no reservations now.`);
  }
  if (!areasOf(restaurant, offerIds)) return refuse('NOT_FOUND', `${restaurant.name} has no such area.`);
  const party = refuseParty(restaurant, wish);
  if (party) return refuse(party.code, party.message);
  const now = book.now.getTime();
  const isOpen = awaitedStarts(restaurant, entry).some((startsAt) => {
    const day = findSlot(restaurant, startsAt)?.day ?? '';
    return closedByTime(restaurant, { startsAt }, day, now) === null;
  });
  if (!isOpen) {
    return refuse('OUTSIDE_HOURS', `${restaurant.name} has no time of this range that can be booked.`);
  }
  if (seatingFor(book, entry)) return refuse('TABLE_FREE', 'There is a free table at this time: reserve it.');
  const waiting = book.tables.waitingAt(listingId).filter((each) => each.from <= until && each.until >= from);
  if (waiting.length >= MAXIMUM_WAITING) {
    return refuse('WAITLIST_FULL', 'Too many wait for this time already; choose another one.');
  }
  book.tables.entries.set(entry.id, { ...entry, place: book.tables.nextPlace(listingId) });
  return { __typename: 'WaitlistJoined', entryId: entry.id };
}

function isStanding(one: WaitlistEntry, other: WaitlistEntry): boolean {
  return (
    one.listingId === other.listingId &&
    one.personId === other.personId &&
    (one.state === 'WAITING' || one.state === 'OFFERED') &&
    one.from <= other.until &&
    one.until >= other.from
  );
}

function isSameWish(one: WaitlistEntry, other: WaitlistEntry): boolean {
  return (
    one.from === other.from &&
    one.until === other.until &&
    one.partySize === other.partySize &&
    one.offerIds.join() === other.offerIds.join()
  );
}
