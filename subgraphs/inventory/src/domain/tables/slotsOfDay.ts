import type { OpenInterval, Restaurant, Slot } from './restaurant.js';
import { addDays, endInstantOf, instantsOf, localDate, MINUTE, weekdayOf } from './wallClock.js';

const REMEMBERED = 1000;
/** In minutes. */
const DAY = 24 * 60;

/**
 * When a seating may begin on a day of a restaurant, in order: every so many minutes by the wall clock from opening,
 * the last one the shortest stay before closing. What lies past midnight belongs to the day on which it opened. Times
 * that a change of clocks leaves out are none; in the hour that comes twice each is two.
 */
export function slotsOfDay(restaurant: Restaurant, date: string): readonly Slot[] {
  const known = restaurant.slotsByDate.get(date);
  if (known) return known;
  // By their beginning: intervals may touch or overlap.
  const found = new Map(
    intervalsOf(restaurant, date)
      .flatMap((each) => slotsOf(restaurant, date, each))
      .map((slot) => [slot.startsAt, slot]),
  );
  const slots = [...found.values()].sort((a, b) => a.startsAt - b.startsAt);
  if (restaurant.slotsByDate.size >= REMEMBERED) restaurant.slotsByDate.clear();
  restaurant.slotsByDate.set(date, slots);
  return slots;
}

/** A slot and the day that it belongs to; null when no seating begins at this instant. */
export function findSlot(
  restaurant: Restaurant,
  startsAt: number,
): { readonly slot: Slot; readonly day: string } | null {
  const date = localDate(restaurant.timeZone, startsAt);
  const before = addDays(date, -1);
  for (const day of closesAt(restaurant, before) > DAY ? [before, date] : [date]) {
    const slot = slotsOfDay(restaurant, day).find((each) => each.startsAt === startsAt);
    if (slot) return { slot, day };
  }
  return null;
}

/** Until when a day's hours go, in minutes since its midnight; 0 on a day without. */
export function closesAt(restaurant: Restaurant, date: string): number {
  return Math.max(0, ...intervalsOf(restaurant, date).map((each) => boundsOf(each).until));
}

/** How long a party stays, in milliseconds. */
export function stayOf({ seating }: Restaurant, partySize: number): number {
  const { durations } = seating;
  const found = durations.find(({ upToPartySize }) => partySize <= upToPartySize) ?? durations.at(-1);
  return (found?.minutes ?? 0) * MINUTE;
}

/** Why a slot can't be booked by its time; null when it can. */
export function closedByTime(
  { timeZone, seating }: Restaurant,
  { startsAt }: Pick<Slot, 'startsAt'>,
  day: string,
  now: number,
): 'NOT_ON_SALE' | 'SALE_ENDED' | null {
  if (startsAt - now < seating.noticeMinutes * MINUTE || startsAt <= now) return 'SALE_ENDED';
  return day > addDays(localDate(timeZone, now), seating.horizonDays) ? 'NOT_ON_SALE' : null;
}

function intervalsOf({ schedule }: Restaurant, date: string): readonly OpenInterval[] {
  const exception = schedule.exceptions.find((each) => each.date === date);
  if (exception) return exception.intervals;
  const weekday = weekdayOf(date);
  return schedule.hours.filter((each) => each.weekday === weekday);
}

function slotsOf(restaurant: Restaurant, date: string, interval: OpenInterval): readonly Slot[] {
  const { timeZone, schedule, shortestStay } = restaurant;
  const { from, until } = boundsOf(interval);
  const last = endInstantOf(timeZone, date, until) - shortestStay;
  const midnight = Date.parse(date);
  const slots: Slot[] = [];
  for (let minutes = from; minutes < until; minutes += schedule.slotMinutes) {
    for (const startsAt of instantsOf(timeZone, date, minutes)) {
      if (startsAt <= last) slots.push({ startsAt, offset: midnight + minutes * MINUTE - startsAt });
    }
  }
  return slots;
}

function boundsOf({ opens, closes }: OpenInterval): { readonly from: number; readonly until: number } {
  const [from, until] = [minutesOf(opens), minutesOf(closes)];
  return { from, until: until <= from ? until + DAY : until };
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return hours * 60 + minutes;
}
