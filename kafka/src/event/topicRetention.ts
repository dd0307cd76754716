import { SUBGRAPH_NAMES } from '@foyer/platform';
import { deadLetterTopic, type DeadLetterTopic, type Topic } from './topics.js';

const DAY = 24 * 60 * 60 * 1000;

/**
 * How long a topic keeps its events, in milliseconds. A consumer that was away for longer has lost events;
 * owners keep their own archive.
 */
export const TOPIC_RETENTION: Readonly<Record<Topic, number>> = {
  'user-events': 7 * DAY,
  'catalog-events': 7 * DAY,
  'inventory-events': 3 * DAY,
  'order-events': 7 * DAY,
  'payment-events': 7 * DAY,
  'notification-events': 3 * DAY,
  'queue-events': 3 * DAY,
  'shipping-events': 7 * DAY,
  'audit-events': 7 * DAY,
  // For who watches them: the events themselves stay in the database until an operator has dealt with them.
  ...(Object.fromEntries(SUBGRAPH_NAMES.map((name) => [deadLetterTopic(name), 7 * DAY])) as Record<
    DeadLetterTopic,
    number
  >),
};

/**
 * How long an inbox remembers what it handled, in milliseconds: longer than any topic can deliver an event
 * again. What is parked or dead is remembered besides, for as long as it is (see `trimMessaging`).
 */
export const INBOX_RETENTION = 2 * Math.max(...Object.values(TOPIC_RETENTION));

/** How long an outbox keeps what it has published, in milliseconds: for looking back, nothing reads it. */
export const OUTBOX_RETENTION = DAY;
