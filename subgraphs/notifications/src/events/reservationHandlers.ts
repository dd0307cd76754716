import {
  defineHandler,
  ReservationCancelled,
  ReservationChanged,
  ReservationCompleted,
  ReservationConfirmed,
  ReservationCreated,
  ReservationNoShow,
  ReservationSeated,
} from '@foyer/kafka';
import { reminderTime } from '../domain/reservation/reminderTime.js';
import { newsOf, toldOf } from '../domain/reservation/told.js';
import { databaseNow } from '../store/databaseNow.js';
import type { NotificationHandler, NotifierTransaction } from '../store/notifier.js';
import { findReservation, saveReservation } from '../store/reservationStore.js';
import { guestOf } from './guestOf.js';
import { knownRestaurant } from './parts.js';
import { tellGuest, type ReservationServices } from './tellGuest.js';
import { tellStaff } from './tellStaff.js';

const EVENTS = [
  ReservationCreated,
  ReservationConfirmed,
  ReservationChanged,
  ReservationCancelled,
  ReservationSeated,
  ReservationCompleted,
  ReservationNoShow,
];

/**
 * Messages about reservations. All events are one handler: one that arrives after a later one of its reservation is passed
 * over, and what is told follows from the state and from what the guest knows.
 */
export function reservationHandlers(services: ReservationServices): readonly NotificationHandler[] {
  return EVENTS.map((definition) =>
    defineHandler(definition, {
      name: 'reservation-messages',
      handle: async ({ id, time, data, aggregateversion }, transaction: NotifierTransaction) => {
        const { sql } = transaction;
        const known = await findReservation(sql, data.reservationId);
        const now = await databaseNow(sql);
        const told = known?.told ?? null;
        const news = newsOf(told, data, now);
        const due = news === null ? (known?.remindAt ?? null) : reminderTime(new Date(data.startsAt), now);
        await saveReservation(sql, {
          snapshot: data,
          told: news === null ? told : toldOf(data),
          remindAt: data.status === 'CONFIRMED' ? due : null,
        });
        if (news === null) return;
        const restaurant = await knownRestaurant(transaction, data.restaurantId);
        const guest = await guestOf(data, transaction, services.sealer);
        const telling = {
          eventId: id,
          at: new Date(time),
          version: aggregateversion,
          news,
          told,
          reservation: data,
          restaurant,
          guest,
        };
        await tellGuest(services, transaction, telling);
        await tellStaff(services, transaction, telling);
      },
    }),
  );
}
