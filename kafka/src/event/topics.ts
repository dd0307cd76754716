import { SUBGRAPH_NAMES, type SubgraphName } from '@foyer/platform';

/** The topics of events, one per owner. */
const EVENT_TOPICS = [
  'user-events',
  'catalog-events',
  'inventory-events',
  'order-events',
  'payment-events',
  'notification-events',
  'queue-events',
  'shipping-events',
  'audit-events',
] as const;

/** Where the events go that a subgraph's consumer group could not handle. */
export type DeadLetterTopic = `${SubgraphName}-dead-letters`;

export type Topic = (typeof EVENT_TOPICS)[number] | DeadLetterTopic;

/** The topic of a subgraph's dead letters. */
export function deadLetterTopic(subgraph: SubgraphName): DeadLetterTopic {
  return `${subgraph}-dead-letters`;
}

/** All topics of the system. The key of every message is the id of the aggregate that it is about. */
export const topics: readonly Topic[] = [...EVENT_TOPICS, ...SUBGRAPH_NAMES.map(deadLetterTopic)];

/** Whose events a topic carries, of those that have events: the subgraph that publishes and archives them. */
const OWNERS = {
  'user-events': 'users',
  'catalog-events': 'catalog',
  'inventory-events': 'inventory',
  'order-events': 'orders',
  'payment-events': 'payments',
  'queue-events': 'waitroom',
  ...(Object.fromEntries(SUBGRAPH_NAMES.map((name) => [deadLetterTopic(name), name])) as Record<
    DeadLetterTopic,
    SubgraphName
  >),
} as const satisfies Partial<Record<Topic, SubgraphName>>;

/** The subgraph that publishes a topic's events and keeps their archive; null while nobody publishes there. */
export function topicOwner(topic: Topic): SubgraphName | null {
  return topic in OWNERS ? OWNERS[topic as keyof typeof OWNERS] : null;
}
