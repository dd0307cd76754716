import { QueueEnded, QueueReady } from '@foyer/kafka';
import { formatAtVenue } from '../domain/formatInstant.js';
import type { NotificationHandler } from '../store/notifier.js';
import { messageOn, personAndEvent, type HandlerServices } from './parts.js';

const ENDINGS = {
  SOLD_OUT: 'Everything is sold.',
  SALE_ENDED: 'The sale has ended.',
  EVENT_CANCELLED: 'The event was cancelled.',
} as const;

/** Messages from the waiting room. */
export function queueHandlers(services: HandlerServices): readonly NotificationHandler[] {
  return [
    messageOn(QueueReady, services, async ({ data }, transaction) => {
      const { person, event } = await personAndEvent(transaction, data.userId, data.eventId);
      return {
        name: 'your-turn',
        to: person,
        values: (language) => ({
          name: person.name,
          eventName: event.name,
          expiresAt: formatAtVenue(new Date(data.expiresAt), event.venue.timeZone, language),
          eventLink: services.links.event(data.eventId),
        }),
      };
    }),
    messageOn(QueueEnded, services, async ({ data }, transaction) => {
      const { person, event } = await personAndEvent(transaction, data.userId, data.eventId);
      return {
        name: 'sale-over',
        to: person,
        values: { name: person.name, eventName: event.name, why: ENDINGS[data.reason] },
      };
    }),
  ];
}
