import { DateTime, IANAZone } from 'luxon';

const DAY = 86_400_000;
/** Clocks are not changed twice within so many days. */
const STEP = 7 * DAY;
/** How far the description reaches beyond what it is for: calendars show the weeks around an entry. */
const AROUND = 365 * DAY;

/**
 * The VTIMEZONE (RFC 5545 §3.6.5) of a zone from a year before an entry to a year after it: every change of clocks with its
 * date, by the runtime's rules, which everything else of ours goes by.
 * @param timeZone IANA name, which is the block's TZID.
 * @returns null for a zone that the runtime does not know.
 */
export function timeZoneBlock(timeZone: string, from: Date, until: Date): string | null {
  const zone = IANAZone.create(timeZone);
  if (!zone.isValid) return null;
  const [start, end] = [from.getTime() - AROUND, until.getTime() + AROUND];
  const first = zone.offset(start);
  const observances = [observance('STANDARD', start, first, first)];
  for (let at = start; at < end; at += STEP) {
    const [before, after] = [zone.offset(at), zone.offset(at + STEP)];
    if (before === after) continue;
    const change = changeBetween(zone, at, at + STEP);
    observances.push(observance(after > before ? 'DAYLIGHT' : 'STANDARD', change, before, after));
  }
  return ['BEGIN:VTIMEZONE', `TZID:${timeZone}`, ...observances.flat(), 'END:VTIMEZONE'].join('\r\n');
}

/** The first instant of the second of two offsets, to the minute. */
function changeBetween(zone: IANAZone, from: number, until: number): number {
  const before = zone.offset(from);
  let [low, high] = [Math.floor(from / 60_000), Math.ceil(until / 60_000)];
  while (high - low > 1) {
    const middle = Math.floor((low + high) / 2);
    if (zone.offset(middle * 60_000) === before) low = middle;
    else high = middle;
  }
  return high * 60_000;
}

/** @param before and after in minutes from UTC. */
function observance(
  kind: 'STANDARD' | 'DAYLIGHT',
  at: number,
  before: number,
  after: number,
): readonly string[] {
  // By the wall clock as it stood before.
  const onset = DateTime.fromMillis(at + before * 60_000, { zone: 'utc' }).toFormat(`yyyyMMdd'T'HHmmss`);
  return [
    `BEGIN:${kind}`,
    `DTSTART:${onset}`,
    `TZOFFSETFROM:${offsetText(before)}`,
    `TZOFFSETTO:${offsetText(after)}`,
    `END:${kind}`,
  ];
}

function offsetText(minutes: number): string {
  const two = (value: number): string => String(Math.floor(value)).padStart(2, '0');
  return `${minutes < 0 ? '-' : '+'}${two(Math.abs(minutes) / 60)}${two(Math.abs(minutes) % 60)}`;
}
