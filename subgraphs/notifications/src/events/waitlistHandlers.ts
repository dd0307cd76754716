import { defineHandler, findPerson, WaitlistLapsed, WaitlistOffered, type EventDataOf } from '@foyer/kafka';
import { formatAtVenue } from '../domain/formatInstant.js';
import { areaName, tableValues } from '../domain/reservation/reservationValues.js';
import { databaseNow } from '../store/databaseNow.js';
import type { NotificationHandler, NotifierTransaction } from '../store/notifier.js';
import { knownRestaurant, NotKnownYet, type HandlerServices } from './parts.js';

// One name: an offer that arrives after its lapse is passed over.
const name = 'waitlist-messages';

/** Messages to those who wait for a table. */
export function waitlistHandlers({ notifier }: HandlerServices): readonly NotificationHandler[] {
  const recipient = async (data: EventDataOf<typeof WaitlistOffered>, transaction: NotifierTransaction) => {
    const person = await findPerson(transaction.sql, data.userId);
    if (!person) throw new NotKnownYet(`person ${data.userId}`);
    return { person, restaurant: await knownRestaurant(transaction, data.restaurantId) };
  };
  return [
    defineHandler(WaitlistOffered, {
      name,
      handle: async ({ id, data }, transaction: NotifierTransaction) => {
        // An offer that nobody can take any more is no news; its lapse is.
        if (new Date(data.expiresAt) <= (await databaseNow(transaction.sql))) return;
        const { person, restaurant } = await recipient(data, transaction);
        await notifier.notify(transaction, {
          eventId: id,
          name: 'waitlist-offer',
          to: person,
          values: (language) => ({
            name: person.name,
            ...tableValues(data, restaurant, language),
            areaName: areaName(data.areaId, restaurant),
            expiresAt: formatAtVenue(new Date(data.expiresAt), restaurant.timeZone, language),
          }),
        });
      },
    }),
    defineHandler(WaitlistLapsed, {
      name,
      handle: async ({ id, data }, transaction: NotifierTransaction) => {
        const { person, restaurant } = await recipient(data, transaction);
        await notifier.notify(transaction, {
          eventId: id,
          name: 'waitlist-lapsed',
          to: person,
          values: (language) => ({ name: person.name, ...tableValues(data, restaurant, language) }),
        });
      },
    }),
  ];
}
