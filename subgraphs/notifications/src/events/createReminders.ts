import type { StoreTransaction } from '@foyer/kafka';
import { createJob, newId, type Job, type Log, type Sealer } from '@foyer/platform';
import type { FrontEndLinks } from '../domain/createFrontEndLinks.js';
import type { Reservation } from '../domain/reservation/reservation.js';
import { bookedValues } from '../domain/reservation/reservationValues.js';
import { databaseNow } from '../store/databaseNow.js';
import type { Notifier, NotifierTransaction } from '../store/notifier.js';
import { putReminderOff, takeDueReminder } from '../store/reservationStore.js';
import { guestOf } from './guestOf.js';
import { knownRestaurant } from './parts.js';

/** What reminders are made with. */
export interface RemindersOptions {
  readonly transaction: StoreTransaction<NotifierTransaction['client']>;
  readonly notifier: Notifier;
  readonly sealer: Sealer;
  readonly links: FrontEndLinks;
  readonly log: Log;
}

const RETRY_MINUTES = 1;

/**
 * Makes reminders that are due into messages, each in one transaction with the note that it is done: a process that dies
 * half-way leaves it due, and several may run. They are made when they are due and not before, so that they go by the
 * channels and in the language that are wanted then.
 */
export function createReminders({ transaction, notifier, sealer, links, log }: RemindersOptions): Job {
  const remind = async (within: NotifierTransaction, reservation: Reservation): Promise<void> => {
    // After an outage: whoever sits at the table needs no reminder.
    if (new Date(reservation.startsAt) <= (await databaseNow(within.sql))) return;
    const { userId, name, email, language } = await guestOf(reservation, within, sealer);
    if (email === null) return;
    const restaurant = await knownRestaurant(within, reservation.restaurantId);
    await notifier.notify(within, {
      eventId: newId(),
      name: 'reservation-reminder',
      to: { userId, email, language },
      orderId: reservation.reservationId,
      values: (chosen) => ({ name: name ?? email, ...bookedValues(reservation, restaurant, links, chosen) }),
    });
  };

  /** @returns whether there was one. */
  const remindNext = async (): Promise<boolean> => {
    const taken: { reservation: Reservation | null } = { reservation: null };
    try {
      await transaction(async (client, sql) => {
        taken.reservation = await takeDueReminder(sql);
        if (taken.reservation) await remind({ client, sql }, taken.reservation);
      });
    } catch (error) {
      if (taken.reservation === null) throw error;
      // One that can't be made does not hold up the others.
      const { reservationId } = taken.reservation;
      log.error({ err: error, reservationId }, 'a reminder could not be made and is put off');
      await transaction((_, sql) => putReminderOff(sql, reservationId, RETRY_MINUTES));
    }
    return taken.reservation !== null;
  };

  return createJob({
    name: 'reminders',
    everyMs: 1000,
    log,
    run: async () => {
      while (await remindNext());
    },
  });
}
