import type { OpenInterval } from './restaurant.js';

/** A day and a time of a wall clock. */
export interface WallMoment {
  /** `2026-12-24`. */
  readonly date: string;
  /** Since midnight by the clock's hands. */
  readonly minutes: number;
}

const DAY_MINUTES = 24 * 60;
const DAY_MS = DAY_MINUTES * 60_000;

/** What wall clocks show in an IANA time zone at an instant. */
export function wallMoment(instant: Date, timeZone: string): WallMoment {
  const parts: Partial<Record<Intl.DateTimeFormatPartTypes, string>> = {};
  for (const { type, value } of formatOf(timeZone).formatToParts(instant)) parts[type] = value;
  const { year = '', month = '', day = '', hour = '', minute = '' } = parts;
  return { date: `${year}-${month}-${day}`, minutes: Number(hour) * 60 + Number(minute) };
}

const formats = new Map<string, Intl.DateTimeFormat>();

/** Making a format takes far longer than using it. */
function formatOf(timeZone: string): Intl.DateTimeFormat {
  const known = formats.get(timeZone);
  if (known) return known;
  const format = new Intl.DateTimeFormat('en-CA', {
    timeZone,
    ...({ year: 'numeric', month: '2-digit', day: '2-digit' } as const),
    ...({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const),
  });
  formats.set(timeZone, format);
  return format;
}

/** Minutes since midnight of `19:30`. */
export function clockMinutes(time: string): number {
  const [hours = '', minutes = ''] = time.split(':');
  return Number(hours) * 60 + Number(minutes);
}

/** Minutes since its day's midnight between which an interval is open; past 1,440 on the day after. */
export function intervalMinutes({ opens, closes }: OpenInterval): {
  readonly from: number;
  readonly until: number;
} {
  const [from, until] = [clockMinutes(opens), clockMinutes(closes)];
  return { from, until: until <= from ? until + DAY_MINUTES : until };
}

/** The date so many days after another. */
export function addDays(date: string, days: number): string {
  return new Date(Date.parse(`${date}T00:00:00Z`) + days * DAY_MS).toISOString().slice(0, 10);
}

/** The weekday of a date, 1 (Monday) to 7 (Sunday). */
export function weekdayOf(date: string): number {
  return new Date(`${date}T00:00:00Z`).getUTCDay() || 7;
}

/** Whether a text is a time of the clock, `19:30`. */
export function isClockTime(text: string): boolean {
  return /^(?:[01][0-9]|2[0-3]):[0-5][0-9]$/.test(text);
}
