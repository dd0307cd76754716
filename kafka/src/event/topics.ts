import type { SubgraphName } from '@foyer/platform';

/** The topics of the system, one per owner of events. The key of every message is its aggregate's id. */
export const topics = [
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

export type Topic = (typeof topics)[number];

/** Whose events a topic carries, of those that have events: the subgraph that publishes and archives them. */
const OWNERS = {
  'user-events': 'users',
  'catalog-events': 'catalog',
  'inventory-events': 'inventory',
  'order-events': 'orders',
  'payment-events': 'payments',
  'queue-events': 'waitroom',
} as const satisfies Partial<Record<Topic, SubgraphName>>;

/** The subgraph that publishes a topic's events and keeps their archive; null while nobody publishes there. */
export function topicOwner(topic: Topic): SubgraphName | null {
  return topic in OWNERS ? OWNERS[topic as keyof typeof OWNERS] : null;
}
