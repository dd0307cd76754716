import {
  defineHandler,
  findEventCopy,
  findPerson,
  findRestaurantCopy,
  type EventDefinition,
  type EventOf,
  type RestaurantCopy,
} from '@foyer/kafka';
import type { Sealer } from '@foyer/platform';
import type { Message, NotificationHandler, Notifier, NotifierTransaction } from '../store/notifier.js';
import type { FrontEndLinks } from '../domain/createFrontEndLinks.js';
import type { MessageName } from '../domain/messages.js';

/** What the handlers stand on. */
export interface HandlerServices {
  readonly notifier: Notifier;
  readonly sealer: Sealer;
  readonly links: FrontEndLinks;
}

/** The local copy does not know a thing yet: the event is tried again, when it may. */
export class NotKnownYet extends Error {
  override readonly name = 'NotKnownYet';
}

/** A handler that makes one message of an event, or none. Every event counts, whatever came after it. */
export function messageOn<Definition extends EventDefinition, Name extends MessageName>(
  definition: Definition,
  { notifier }: HandlerServices,
  make: (
    event: EventOf<Definition>,
    transaction: NotifierTransaction,
  ) => Promise<Omit<Message<Name>, 'eventId'> | null> | Omit<Message<Name>, 'eventId'>,
): NotificationHandler {
  return defineHandler(definition, {
    name: `message-${definition.type}`,
    order: 'any',
    handle: async (event, transaction: NotifierTransaction) => {
      const message = await make(event, transaction);
      if (message) await notifier.notify(transaction, { ...message, eventId: event.id });
    },
  });
}

/** Whom and what a message about an event listing is for. @throws NotKnownYet while a copy is missing. */
export async function personAndEvent({ sql }: NotifierTransaction, userId: string, eventId: string) {
  const person = await findPerson(sql, userId);
  if (!person) throw new NotKnownYet(`person ${userId}`);
  const event = await findEventCopy(sql, eventId);
  if (!event) throw new NotKnownYet(`event ${eventId}`);
  return { person, event };
}

/** A restaurant. @throws NotKnownYet while its copy is missing. */
export async function knownRestaurant(
  { sql }: NotifierTransaction,
  restaurantId: string,
): Promise<RestaurantCopy> {
  const restaurant = await findRestaurantCopy(sql, restaurantId);
  if (!restaurant) throw new NotKnownYet(`restaurant ${restaurantId}`);
  return restaurant;
}

/** The language of somebody, where it is known. */
export async function languageOf({ sql }: NotifierTransaction, userId: string): Promise<string> {
  return (await findPerson(sql, userId))?.language ?? 'en';
}
