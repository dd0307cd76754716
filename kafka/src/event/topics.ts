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
