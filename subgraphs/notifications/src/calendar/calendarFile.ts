import { asLine } from '@foyer/platform';
import {
  ICalAttendeeStatus,
  ICalCalendar,
  ICalCalendarMethod,
  ICalEventStatus,
  type ICalLocation,
} from 'ical-generator';
import { DateTime } from 'luxon';
import { timeZoneBlock } from './timeZoneBlock.js';

/** An entry for somebody's calendar. */
export interface CalendarEntry {
  /** CANCEL takes an entry of the same `uid` away. */
  readonly method: 'REQUEST' | 'CANCEL';
  /** The same for everything that is said about one thing. */
  readonly uid: string;
  /** Rises with every change: calendars ignore what is older than what they have. */
  readonly sequence: number;
  /** When this was said. */
  readonly at: Date;
  readonly startsAt: Date;
  readonly endsAt: Date;
  /** IANA name. */
  readonly timeZone: string;
  readonly summary: string;
  readonly description: string;
  readonly location: ICalLocation;
  readonly organizer: CalendarPerson;
  readonly attendee: CalendarPerson;
}

/** Somebody in a calendar. */
export interface CalendarPerson {
  readonly name: string;
  readonly email: string;
}

/**
 * An iCalendar file for a mail (RFC 5545, RFC 5546). `REQUEST` and not `PUBLISH`, because changes and a cancellation
 * under the same UID must find the entry; its attendee has accepted, for it was them who booked.
 */
export function calendarFile(entry: CalendarEntry): string {
  const { method, timeZone, startsAt, endsAt } = entry;
  const block =
    isTold(startsAt, timeZone) && isTold(endsAt, timeZone) ? timeZoneBlock(timeZone, startsAt, endsAt) : null;
  const zone = block === null ? null : timeZone;
  const inZone = (instant: Date): DateTime => DateTime.fromJSDate(instant, { zone: zone ?? 'utc' });
  const calendar = new ICalCalendar({
    method: ICalCalendarMethod[method],
    prodId: { company: 'Foyer', product: 'Reservations', language: 'EN' },
    // Without a name: DTSTAMP has to stay in UTC.
    timezone: { name: null, generator: () => block },
  });
  calendar.createEvent({
    id: entry.uid,
    sequence: entry.sequence,
    stamp: DateTime.fromJSDate(entry.at, { zone: 'utc' }),
    timezone: zone,
    start: inZone(startsAt),
    end: inZone(endsAt),
    summary: entry.summary,
    description: entry.description,
    location: entry.location,
    organizer: quotable(entry.organizer),
    attendees: [{ ...quotable(entry.attendee), rsvp: false, status: ICalAttendeeStatus.ACCEPTED }],
    status: method === 'CANCEL' ? ICalEventStatus.CANCELLED : ICalEventStatus.CONFIRMED,
  });
  return calendar.toString();
}

/**
 * Whether a zone's wall clock tells an instant: in the hour that comes twice it means the first one (RFC 5545 §3.3.5), and
 * the second can only be written in UTC.
 */
function isTold(instant: Date, timeZone: string): boolean {
  const [first] = DateTime.fromJSDate(instant, { zone: timeZone }).getPossibleOffsets();
  return first?.toMillis() === instant.getTime();
}

/** A parameter's value can't hold a double quote, nor more than one line (RFC 5545 §3.2). */
function quotable({ name, email }: CalendarPerson): CalendarPerson {
  return { name: asLine(name.replaceAll('"', ' ')), email };
}
