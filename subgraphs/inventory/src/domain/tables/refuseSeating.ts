import type { Book } from '../book.js';
import type { HoldRefused, TableWish } from '../requests.js';
import type { Restaurant } from './restaurant.js';
import { overlaps } from './seating.js';
import { closedByTime } from './slotsOfDay.js';
import { tableRefused } from './tableRefused.js';

/** Why a party of this size is not taken; null when it is. */
export function refuseParty({ name, seating }: Restaurant, wish: TableWish): HoldRefused | null {
  const { minimumParty, maximumParty } = seating;
  if (wish.partySize >= minimumParty && wish.partySize <= maximumParty) return null;
  return tableRefused('PARTY_SIZE', `${name} takes parties of ${minimumParty} to ${maximumParty}.`, wish);
}

/** Why nobody can book this time; null when one can. @param day null: no seating begins at that instant. */
export function refuseTime(
  book: Book,
  restaurant: Restaurant,
  wish: TableWish,
  day: string | null,
): HoldRefused | null {
  const { name, seating } = restaurant;
  const { status } = book.listing(restaurant.id);
  const now = book.now.getTime();
  if (status === 'CLOSED') return tableRefused('SALE_ENDED', `${name} takes no more reservations.`, wish);
  if (status !== 'PUBLISHED') return tableRefused('NOT_ON_SALE', `${name} takes no reservations yet.`, wish);
  if (wish.startsAt <= now) return tableRefused('SALE_ENDED', 'This time is past.', wish);
  if (day === null) {
    return tableRefused('OUTSIDE_HOURS', `No seating of ${name} begins at this time.`, wish);
  }
  const closed = closedByTime(restaurant, wish, day, now);
  if (closed === 'SALE_ENDED') {
    const message = `A table has to be booked ${seating.noticeMinutes} minutes ahead at least.`;
    return tableRefused(closed, message, wish);
  }
  if (closed === null) return null;
  return tableRefused(closed, `A table can be booked ${seating.horizonDays} days ahead at most.`, wish);
}

/** Why this person can't have it: he would sit at two tables at once, or has had his share of the day. */
export function refusePerson(
  book: Book,
  restaurant: Restaurant,
  wish: TableWish,
  endsAt: number,
  day: string,
): HoldRefused | null {
  const all = book.tables.seatingsAt(restaurant.id).of(wish.personId);
  const own = all.filter(({ orderId }) => orderId !== wish.orderId);
  if (own.some((seating) => overlaps(seating, wish.startsAt, endsAt))) {
    const message = 'You have a reservation here at that time already; change or cancel it.';
    return tableRefused('OVERLAPPING', message, wish);
  }
  const { limitPerPersonAndDay: limit } = restaurant;
  // Who moves within a day has no more than before, whatever the limit has become.
  const moves = all.some((seating) => seating.orderId === wish.orderId && seating.day === day);
  if (moves || own.filter((seating) => seating.day === day).length < limit) return null;
  const message = `One person can have ${limit} reservation${limit === 1 ? '' : 's'} a day here.`;
  return tableRefused('LIMIT_EXCEEDED', message, wish);
}
