/** A night on which a zone's clocks are changed. */
export interface ClockChange {
  readonly timeZone: string;
  /** The first instant of the new time, milliseconds since 1970. */
  readonly at: number;
  /** Offsets from UTC, in milliseconds. */
  readonly before: number;
  readonly after: number;
}

/** Of both halves of the earth, so that a change of either kind is never far. */
const ZONES = ['Europe/Paris', 'America/New_York', 'Australia/Sydney'];
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;

/**
 * The offset of a zone from UTC at an instant, in milliseconds: by the platform's own calendar, not by the library that
 * is tested.
 */
export function zoneOffset(timeZone: string, instant: number): number {
  const format = new Intl.DateTimeFormat('en', { timeZone, timeZoneName: 'longOffset' });
  const name = format.formatToParts(instant).find(({ type }) => type === 'timeZoneName')?.value ?? '';
  const [, sign, hours = '0', minutes = '0'] = /GMT([+-])(\d\d):(\d\d)/.exec(name) ?? [];
  return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * MINUTE;
}

/** The next night on which clocks go that way somewhere, a week from now at the earliest. @throws when none is within a year. */
export function nextClockChange(way: 'FORWARD' | 'BACK'): ClockChange {
  for (let day = 7; day < 365; day += 1) {
    for (const timeZone of ZONES) {
      const change = changeWithin(timeZone, Math.floor(Date.now() / DAY) * DAY + day * DAY);
      if (change && change.after > change.before === (way === 'FORWARD')) return change;
    }
  }
  throw new Error(`no zone's clocks go ${way} within a year`);
}

function changeWithin(timeZone: string, day: number): ClockChange | null {
  const [before, after] = [zoneOffset(timeZone, day), zoneOffset(timeZone, day + DAY)];
  if (before === after) return null;
  let [low, high] = [day, day + DAY];
  while (high - low > MINUTE) {
    const middle = low + Math.floor((high - low) / 2 / MINUTE) * MINUTE;
    if (zoneOffset(timeZone, middle) === before) low = middle;
    else high = middle;
  }
  return { timeZone, at: high, before, after };
}

/** The wall clock's text with its offset, `2026-10-25T01:30+02:00`. */
export function wallText(instant: number, offset: number): string {
  const away = Math.abs(offset) / MINUTE;
  const two = (value: number): string => String(value).padStart(2, '0');
  const wall = new Date(instant + offset).toISOString().slice(0, 16);
  return `${wall}${offset < 0 ? '-' : '+'}${two(Math.floor(away / 60))}:${two(away % 60)}`;
}
