import type { OpenInterval, Restaurant, Slot } from './restaurant.js';
import {
  addDays,
  endInstantOf,
  instantsOf,
  localDate,
  localTimeText,
  MINUTE,
  weekdayOf,
} from './wallClock.js';

const REMEMBERED = 1000;

/**
 * When a seating may begin on a day of a restaurant, in order: every so many minutes by the wall clock from opening,
 * the last one the shortest stay before closing. What lies past midnight belongs to the day on which it opened. Times
 * that a change of clocks leaves out are none; in the hour that comes twice each is two.
 */
export function slotsOfDay(restaurant: Restaurant, date: string): readonly Slot[] {
  const known = restaurant.slotsByDate.get(date);
  if (known) return known;
  const { timeZone } = restaurant;
  const starts = new Set(intervalsOf(restaurant, date).flatMap((each) => startsOf(restaurant, date, each)));
  const slots = [...starts]
    .sort((a, b) => a - b)
    .map((startsAt) => ({ startsAt, localTime: localTimeText(timeZone, startsAt) }));
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
  for (const day of [addDays(date, -1), date]) {
    const slot = slotsOfDay(restaurant, day).find((each) => each.startsAt === startsAt);
    if (slot) return { slot, day };
  }
  return null;
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

function startsOf(restaurant: Restaurant, date: string, { opens, closes }: OpenInterval): readonly number[] {
  const { timeZone, schedule, shortestStay } = restaurant;
  const from = minutesOf(opens);
  const until = minutesOf(closes) + (minutesOf(closes) <= from ? 24 * 60 : 0);
  const last = endInstantOf(timeZone, date, until) - shortestStay;
  const starts: number[] = [];
  for (let minutes = from; minutes < until; minutes += schedule.slotMinutes) {
    starts.push(...instantsOf(timeZone, date, minutes).filter((instant) => instant <= last));
  }
  return starts;
}

function minutesOf(time: string): number {
  const [hours, minutes] = time.split(':').map(Number) as [number, number];
  return hours * 60 + minutes;
}
