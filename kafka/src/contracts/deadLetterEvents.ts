import { Type } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { orNull } from './parts.js';

const DeadLetter = Type.Object({
  /** Why it could not be handled, the last time it was tried. */
  reason: Type.String(),
  /** How often it was tried; 0 when it was nothing that could be. */
  attempts: Type.Integer({ minimum: 0 }),
  /** Where it stands on the bus; null for what was parked by an earlier version of the consumer. */
  topic: Type.String(),
  partition: orNull(Type.Integer({ minimum: 0 })),
  offset: orNull(Type.Integer({ minimum: 0 })),
  /** Its number for `npm run dead-letters`. */
  parkedId: Type.String(),
  /** What it says of itself, as far as it says so. */
  eventId: Type.String(),
  eventType: Type.String(),
  aggregateType: Type.String(),
  aggregateId: Type.String(),
  aggregateVersion: Type.Integer({ minimum: 0 }),
  /** The message as JSON: a CloudEvent, or whatever else was written to the topic. */
  message: Type.String(),
  /** Whether the message was too long, and `message` is its beginning. */
  truncated: Type.Boolean(),
});

const COMMON = { aggregateType: 'dead-letter', version: 1, data: DeadLetter };

/** Users could not handle an event, which waits for an operator. */
export const UsersDeadLetterAdded = defineEvent({
  ...COMMON,
  type: 'users.dead-letter-added',
  topic: 'users-dead-letters',
});

/** Catalog could not handle an event, which waits for an operator. */
export const CatalogDeadLetterAdded = defineEvent({
  ...COMMON,
  type: 'catalog.dead-letter-added',
  topic: 'catalog-dead-letters',
});

/** Inventory could not handle an event, which waits for an operator. */
export const InventoryDeadLetterAdded = defineEvent({
  ...COMMON,
  type: 'inventory.dead-letter-added',
  topic: 'inventory-dead-letters',
});

/** Orders could not handle an event, which waits for an operator. */
export const OrdersDeadLetterAdded = defineEvent({
  ...COMMON,
  type: 'orders.dead-letter-added',
  topic: 'orders-dead-letters',
});

/** Payments could not handle an event, which waits for an operator. */
export const PaymentsDeadLetterAdded = defineEvent({
  ...COMMON,
  type: 'payments.dead-letter-added',
  topic: 'payments-dead-letters',
});

/** Notifications could not handle an event, which waits for an operator. */
export const NotificationsDeadLetterAdded = defineEvent({
  ...COMMON,
  type: 'notifications.dead-letter-added',
  topic: 'notifications-dead-letters',
});

/** The waiting room could not handle an event, which waits for an operator. */
export const WaitroomDeadLetterAdded = defineEvent({
  ...COMMON,
  type: 'waitroom.dead-letter-added',
  topic: 'waitroom-dead-letters',
});
