import { isDay } from '@foyer/platform/domain';
import { intervalsOn } from './intervalsOn.js';
import type { Restaurant } from './restaurant.js';
import { addDays, intervalMinutes, wallMoment } from './wallClock.js';

const DAY_MINUTES = 24 * 60;

/** Whether a restaurant's hours cover an instant; what began the evening before included. */
export function isOpenAt(
  { schedule, timeZone }: Pick<Restaurant, 'schedule' | 'timeZone'>,
  at: Date,
): boolean {
  const { date, minutes } = wallMoment(at, timeZone);
  // Nobody says how hours will be in the year 9999.
  if (!isDay(date)) return false;
  return [0, 1].some((daysBack) =>
    intervalsOn(schedule, addDays(date, -daysBack)).some((interval) => {
      const { from, until } = intervalMinutes(interval);
      const now = minutes + daysBack * DAY_MINUTES;
      return from <= now && now < until;
    }),
  );
}
