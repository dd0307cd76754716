import { IANAZone } from 'luxon';
import { LRUCache } from 'lru-cache';

/** In milliseconds. */
export const MINUTE = 60_000;
/** In milliseconds. */
export const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

/** Whether a time zone of this IANA name is known. */
export function isTimeZone(name: string): boolean {
  return IANAZone.isValidZone(name);
}

const QUARTER = 15 * MINUTE;
const rememberedOffsets = new LRUCache<string, number>({ max: 100_000 });

/** The offset from UTC at an instant, in milliseconds. Clocks are changed at a full quarter of an hour. */
export function offsetAt(timeZone: string, instant: number): number {
  const key = `${timeZone} ${Math.floor(instant / QUARTER)}`;
  const known = rememberedOffsets.get(key);
  if (known !== undefined) return known;
  const offset = IANAZone.create(timeZone).offset(instant) * MINUTE;
  rememberedOffsets.set(key, offset);
  return offset;
}

/** The calendar day (`YYYY-MM-DD`) that the wall clock shows at an instant. */
export function localDate(timeZone: string, instant: number): string {
  return isoDate(instant + offsetAt(timeZone, instant));
}

/** The day so many days later (or earlier). */
export function addDays(date: string, days: number): string {
  return isoDate(Date.parse(date) + days * DAY);
}

/** ISO weekday of a day: 1 is Monday. */
export function weekdayOf(date: string): number {
  return new Date(date).getUTCDay() || 7;
}

/** The wall clock's text with its offset (in milliseconds), `2026-10-25T01:30+02:00`. */
export function localTimeText(instant: number, offset: number): string {
  const away = Math.abs(offset) / MINUTE;
  const [hours, minutes] = [Math.floor(away / 60), away % 60];
  const two = (value: number): string => String(value).padStart(2, '0');
  const wall = new Date(instant + offset).toISOString().slice(0, 16);
  return `${wall}${offset < 0 ? '-' : '+'}${two(hours)}:${two(minutes)}`;
}

/**
 * When a wall clock shows a time.
 * @param minutes since midnight of the date; 1440 and more are on the days after.
 * @returns one instant; none in the hour that a change of clocks leaves out; two, in order, in the hour that comes twice.
 */
export function instantsOf(timeZone: string, date: string, minutes: number): readonly number[] {
  const wall = Date.parse(date) + minutes * MINUTE;
  const { before, after } = offsetsAround(timeZone, date);
  if (before === after) return [wall - before];
  return [...new Set([before, after])]
    .map((offset) => wall - offset)
    .filter((instant) => instant + offsetAt(timeZone, instant) === wall)
    .sort((a, b) => a - b);
}

/**
 * The last moment at which a wall clock shows a time, for something to end then. A time that is left out is over when
 * the clocks are changed.
 */
export function endInstantOf(timeZone: string, date: string, minutes: number): number {
  const last = instantsOf(timeZone, date, minutes).at(-1);
  if (last !== undefined) return last;
  const { before, after } = offsetsAround(timeZone, date);
  const wall = Date.parse(date) + minutes * MINUTE;
  // The clocks change after `low` and not after `high`.
  let [low, high] = [wall - Math.max(before, after), wall - Math.min(before, after)];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (offsetAt(timeZone, middle) === before) low = middle;
    else high = middle;
  }
  return high;
}

interface Offsets {
  readonly before: number;
  readonly after: number;
}

const remembered = new LRUCache<string, Offsets>({ max: 20_000 });

/** The offsets before a day and after the night that follows it: two at most, for clocks change months apart. */
function offsetsAround(timeZone: string, date: string): Offsets {
  const key = `${timeZone} ${date}`;
  const known = remembered.get(key);
  if (known) return known;
  const midnight = Date.parse(date);
  const offsets = {
    before: offsetAt(timeZone, midnight - DAY),
    after: offsetAt(timeZone, midnight + 3 * DAY),
  };
  remembered.set(key, offsets);
  return offsets;
}

function isoDate(instant: number): string {
  return new Date(instant).toISOString().slice(0, 10);
}
