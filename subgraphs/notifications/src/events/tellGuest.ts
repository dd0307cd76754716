import type { RestaurantCopy } from '@foyer/kafka';
import { reservationCalendar } from '../calendar/reservationCalendar.js';
import { depositFate } from '../domain/reservation/depositFate.js';
import type { Reservation } from '../domain/reservation/reservation.js';
import { bookedValues, describeTold, moneyOf, tableValues } from '../domain/reservation/reservationValues.js';
import type { News, Told } from '../domain/reservation/told.js';
import { wordsIn } from '../domain/reservation/words.js';
import type { NotifierTransaction } from '../store/notifier.js';
import type { Guest } from './guestOf.js';
import type { HandlerServices } from './parts.js';

/** What messages about reservations stand on besides. */
export interface ReservationServices extends HandlerServices {
  /** Address from which mail comes. */
  readonly organizerEmail: string;
  /** Where a guest reviews a reservation; null: nowhere in particular. */
  readonly reviewUrl: (reservationId: string) => string | null;
}

/** What is to be told of a reservation. */
export interface Telling {
  readonly eventId: string;
  /** When it happened. */
  readonly at: Date;
  /** Of the event that told of it. */
  readonly version: number;
  readonly news: News;
  /** What was told before. */
  readonly told: Told | null;
  readonly reservation: Reservation;
  readonly restaurant: RestaurantCopy;
  readonly guest: Guest;
}

/** Tells a guest what is new of the reservation, where there is a way to. */
export async function tellGuest(
  { notifier, links, organizerEmail, reviewUrl }: ReservationServices,
  transaction: NotifierTransaction,
  { eventId, at, version, news, told, reservation, restaurant, guest }: Telling,
): Promise<void> {
  const { userId, email, language } = guest;
  if (email === null) return;
  const name = guest.name ?? email;
  const message = { eventId, to: { userId, email, language }, orderId: reservation.reservationId };
  // What has not gone yet is overtaken: booked and cancelled within moments is one mail.
  const thing = `reservation ${reservation.reservationId}`;
  const calendar = (method: 'REQUEST' | 'CANCEL') => (language: string) =>
    reservationCalendar({
      ...{ method, reservation, version, at, restaurant, organizerEmail, language },
      guest: { name, email },
    });
  const table = (language: string) => ({ name, ...tableValues(reservation, restaurant, language) });
  const money = (language: string) =>
    moneyOf(reservation, depositFate(reservation, told !== null, at), language);
  switch (news) {
    case 'CONFIRMED':
      return notifier.notify(transaction, {
        ...message,
        thing,
        name: 'reservation-confirmed',
        values: (language) => ({ name, ...bookedValues(reservation, restaurant, links, language) }),
        calendar: calendar('REQUEST'),
      });
    case 'CHANGED':
      return notifier.notify(transaction, {
        ...message,
        thing,
        name: 'reservation-changed',
        values: (language) => ({
          name,
          ...bookedValues(reservation, restaurant, links, language),
          before: told ? describeTold(told, restaurant, language) : '',
        }),
        calendar: calendar('REQUEST'),
      });
    case 'CANCELLED':
      return notifier.notify(transaction, {
        ...message,
        thing,
        name: 'reservation-cancelled',
        values: (language) => ({
          ...table(language),
          code: reservation.code,
          why: wordsIn(language).why[reservation.reason ?? 'BY_RESTAURANT'],
          money: money(language),
        }),
        // Only what stood in the calendar is taken out of it.
        ...(told && { calendar: calendar('CANCEL') }),
      });
    case 'MISSED':
      return notifier.notify(transaction, {
        ...message,
        name: 'reservation-missed',
        values: (language) => ({ ...table(language), code: reservation.code, money: money(language) }),
      });
    case 'DINED':
      // Only who has an account can write a review.
      if (userId === null) return;
      return notifier.notify(transaction, {
        ...message,
        name: 'review-request',
        values: (language) => ({
          ...table(language),
          link: reviewUrl(reservation.reservationId) ?? '',
        }),
      });
  }
}
