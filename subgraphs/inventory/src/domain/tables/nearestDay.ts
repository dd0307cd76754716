import type { Restaurant } from './restaurant.js';
import { slotsOfDay } from './slotsOfDay.js';
import { addDays, localDate } from './wallClock.js';

/**
 * The day of a restaurant that an instant is next to, by its slots: an hour past midnight is next to the evening before
 * that goes on until then, not to the evening of its own date. Where no day around has a slot, its date.
 */
export function nearestDay(restaurant: Restaurant, instant: number): string {
  const date = localDate(restaurant.timeZone, instant);
  const distance = (day: string): number =>
    Math.min(...slotsOfDay(restaurant, day).map(({ startsAt }) => Math.abs(startsAt - instant)));
  // Where two are as near, its own date.
  return [addDays(date, -1), addDays(date, 1)].reduce(
    (nearest, day) => (distance(day) < distance(nearest) ? day : nearest),
    date,
  );
}
