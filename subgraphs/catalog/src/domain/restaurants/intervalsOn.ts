import type { OpenInterval, Schedule } from './restaurant.js';
import { weekdayOf } from './wallClock.js';

/** The intervals that begin on a date: its exception's, or else its weekday's. */
export function intervalsOn(
  { hours, exceptions }: Pick<Schedule, 'hours' | 'exceptions'>,
  date: string,
): readonly OpenInterval[] {
  const exception = exceptions.find((each) => each.date === date);
  return exception ? exception.intervals : hours.filter(({ weekday }) => weekday === weekdayOf(date));
}
