import { isDay, type InputCheck } from '@foyer/platform/domain';
import { intervalsOn } from './intervalsOn.js';
import type { HoursException, OpenInterval, Schedule, WeekdayHours } from './restaurant.js';
import { addDays, intervalMinutes, isClockTime } from './wallClock.js';

const MAXIMUM_HOURS = 70;
const MAXIMUM_INTERVALS = 10;
const MAXIMUM_EXCEPTIONS = 400;
const DAY_MINUTES = 24 * 60;
const WEEK_MINUTES = 7 * DAY_MINUTES;
/** Seatings begin on this grid. */
export const STEP_MINUTES = 5;

/** Notes a step between seatings that can't be used. */
export function checkSlot(check: InputCheck, slotMinutes: number): void {
  check
    .integer(slotMinutes, 'input.slotMinutes', STEP_MINUTES, 240)
    .require(
      slotMinutes % STEP_MINUTES === 0,
      'input.slotMinutes',
      'NOT_A_STEP',
      `Use a multiple of ${STEP_MINUTES} minutes.`,
    );
}

/** Notes every wrong field of weekly opening hours. */
export function checkHours(check: InputCheck, hours: readonly WeekdayHours[], path = 'input.hours'): void {
  check.require(hours.length <= MAXIMUM_HOURS, path, 'TOO_MANY', `Use at most ${MAXIMUM_HOURS} intervals.`);
  const whole = hours.slice(0, MAXIMUM_HOURS).map((each, index) => {
    check.integer(each.weekday, `${path}.${index}.weekday`, 1, 7);
    return checkInterval(check, each, `${path}.${index}`) && each.weekday >= 1 && each.weekday <= 7;
  });
  if (whole.includes(false)) return;
  const spans = hours.flatMap((each, index) => {
    const { from, until } = intervalMinutes(each);
    const start = (each.weekday - 1) * DAY_MINUTES;
    // Sunday night goes on in Monday's morning.
    return [-WEEK_MINUTES, 0].map((shift) => ({
      from: start + from + shift,
      until: start + until + shift,
      index,
    }));
  });
  noteOverlaps(check, spans, path);
}

/**
 * Notes every wrong field of an exception, collisions with the days beside it included.
 * @param schedule with the exception in it.
 * @param today by the restaurant's wall clock.
 */
export function checkExceptions(
  check: InputCheck,
  schedule: Pick<Schedule, 'hours' | 'exceptions'>,
  changed: HoursException,
  today: string,
): void {
  const { date, intervals } = changed;
  const count = schedule.exceptions.length;
  check
    .require(isDay(date), 'input.date', 'NOT_A_DATE', 'Write a date such as 2026-12-24.')
    .require(!isDay(date) || date >= addDays(today, -1), 'input.date', 'PAST', 'Use a date that is not over.')
    .require(count <= MAXIMUM_EXCEPTIONS, 'input.date', 'TOO_MANY', `At most ${MAXIMUM_EXCEPTIONS} dates.`)
    .require(
      intervals.length <= MAXIMUM_INTERVALS,
      'input.intervals',
      'TOO_MANY',
      `Use at most ${MAXIMUM_INTERVALS} intervals.`,
    );
  const usable = intervals.map((each, index) => checkInterval(check, each, `input.intervals.${index}`));
  if (!isDay(date) || usable.length > MAXIMUM_INTERVALS || usable.includes(false)) return;
  const own = intervalsOn(schedule, date).map((each, index) => ({ ...intervalMinutes(each), index }));
  const beside = [-1, 1].flatMap((days) =>
    intervalsOn(schedule, addDays(date, days)).map((each) => {
      const { from, until } = intervalMinutes(each);
      return { from: from + days * DAY_MINUTES, until: until + days * DAY_MINUTES, index: null };
    }),
  );
  noteOverlaps(check, [...own, ...beside], 'input.intervals');
}

/** @returns whether its times can be read. */
function checkInterval(check: InputCheck, { opens, closes }: OpenInterval, path: string): boolean {
  for (const [name, time] of Object.entries({ opens, closes })) {
    check.require(
      isClockTime(time) && Number(time.slice(3)) % STEP_MINUTES === 0,
      `${path}.${name}`,
      'NOT_A_TIME',
      `Write a time from 00:00 to 23:55 in steps of ${STEP_MINUTES} minutes.`,
    );
  }
  return isClockTime(opens) && isClockTime(closes);
}

interface Span {
  readonly from: number;
  readonly until: number;
  /** Its position in the input; null: not from there. */
  readonly index: number | null;
}

function noteOverlaps(check: InputCheck, spans: readonly Span[], path: string): void {
  const sorted = [...spans].sort((a, b) => a.from - b.from || a.until - b.until);
  const noted = new Set<number>();
  let last: Span | undefined;
  for (const span of sorted) {
    if (last && span.from < last.until) {
      const index = span.index ?? last.index;
      if (index !== null && !noted.has(index)) {
        noted.add(index);
        check.require(false, `${path}.${index}`, 'OVERLAPS', 'It overlaps with another interval.');
      }
    }
    if (!last || span.until > last.until) last = span;
  }
}

/** The exceptions with one changed: `intervals` null takes it away. Those that are over are dropped. */
export function withException(
  exceptions: readonly HoursException[],
  { date, intervals }: { readonly date: string; readonly intervals: readonly OpenInterval[] | null },
  today: string,
): readonly HoursException[] {
  // Yesterday's may still go on past midnight.
  const others = exceptions.filter((each) => each.date !== date && each.date >= addDays(today, -2));
  return [...others, ...(intervals ? [{ date, intervals }] : [])].sort((a, b) => (a.date < b.date ? -1 : 1));
}
