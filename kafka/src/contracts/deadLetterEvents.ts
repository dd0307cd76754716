import type { SubgraphName } from '@foyer/platform';
import { Type } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { deadLetterTopic } from '../event/topics.js';
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

const deadLetterAdded = <const Name extends SubgraphName>(subgraph: Name) =>
  defineEvent({
    type: `${subgraph}.dead-letter-added`,
    topic: deadLetterTopic(subgraph),
    aggregateType: 'dead-letter',
    version: 1,
    data: DeadLetter,
  });

/** Users could not handle an event; it waits for an operator. */
export const UsersDeadLetterAdded = deadLetterAdded('users');
/** Catalog could not handle an event; it waits for an operator. */
export const CatalogDeadLetterAdded = deadLetterAdded('catalog');
/** Inventory could not handle an event; it waits for an operator. */
export const InventoryDeadLetterAdded = deadLetterAdded('inventory');
/** Orders could not handle an event; it waits for an operator. */
export const OrdersDeadLetterAdded = deadLetterAdded('orders');
/** Payments could not handle an event; it waits for an operator. */
export const PaymentsDeadLetterAdded = deadLetterAdded('payments');
/** Notifications could not handle an event; it waits for an operator. */
export const NotificationsDeadLetterAdded = deadLetterAdded('notifications');
/** The waiting room could not handle an event; it waits for an operator. */
export const WaitroomDeadLetterAdded = deadLetterAdded('waitroom');
