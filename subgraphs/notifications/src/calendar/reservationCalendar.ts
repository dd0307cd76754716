import type { MailCalendar } from '../channels/channel.js';
import type { Reservation, Restaurant } from '../domain/reservation/reservation.js';
import { addressOf, tableValues, termsOf } from '../domain/reservation/reservationValues.js';
import { wordsIn } from '../domain/reservation/words.js';
import { calendarFile, type CalendarPerson } from './calendarFile.js';

/** What a reservation's calendar file is made of. */
export interface ReservationCalendarOptions {
  readonly method: MailCalendar['method'];
  readonly reservation: Reservation;
  /** Of the event that told of it. */
  readonly version: number;
  readonly at: Date;
  readonly restaurant: Restaurant;
  readonly guest: CalendarPerson;
  /** Address from which mail comes. */
  readonly organizerEmail: string;
  /** Two letters. */
  readonly language: string;
}

/** The calendar file that goes with a mail about a reservation. */
export function reservationCalendar(options: ReservationCalendarOptions): MailCalendar {
  const { method, reservation, version, at, restaurant, guest, organizerEmail, language } = options;
  const words = wordsIn(language);
  const { party } = tableValues(reservation, restaurant, language);
  const { latitude, longitude } = restaurant.location;
  return {
    method,
    content: calendarFile({
      method,
      uid: `${reservation.reservationId}@foyer`,
      sequence: version,
      at,
      startsAt: new Date(reservation.startsAt),
      endsAt: new Date(reservation.endsAt),
      timeZone: restaurant.timeZone,
      summary: words.entry(restaurant.name, party),
      description: `${words.codeIs(reservation.code)}\n${termsOf(reservation, restaurant, language)}`,
      location: {
        title: restaurant.name,
        address: addressOf(restaurant),
        geo: { lat: latitude, lon: longitude },
      },
      organizer: { name: restaurant.name, email: organizerEmail },
      attendee: guest,
    }),
  };
}
