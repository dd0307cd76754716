import type { SUBGRAPH_DATABASES } from './quiet.js';

const COPIES = {
  membership: { 'membership-copy': ['organization.created', 'organization.member-added'] },
  event: { 'event-copy': ['event.created', 'event.updated', 'event.published', 'event.cancelled'] },
  person: { 'person-copy': ['user.registered', 'user.updated'] },
} as const;

/**
 * By subgraph and handler, types of events that must be handled: an inbox in which nothing stands would otherwise look
 * as if nothing had to. Not all there are: what else stands in an inbox is counted as well.
 */
export const HANDLES: Readonly<
  Record<(typeof SUBGRAPH_DATABASES)[number], Readonly<Record<string, readonly string[]>>>
> = {
  users: {},
  catalog: COPIES.membership,
  inventory: {
    ...COPIES.membership,
    listing: ['event.created', 'event.updated', 'event.published', 'event.cancelled'],
  },
  orders: {
    ...COPIES.membership,
    ...COPIES.event,
    ...COPIES.person,
    'restaurant-copy': ['restaurant.created', 'restaurant.updated'],
    'offer-copy': ['offer.created', 'offer.updated'],
    'inventory.expired': ['inventory.expired'],
    'payment.completed': ['payment.completed'],
    'payment.failed': ['payment.failed'],
    'payment.expired': ['payment.expired'],
    'payment.refunded': ['payment.refunded'],
    'queue.left': ['queue.left'],
    'queue.expired': ['queue.expired'],
  },
  payments: { ...COPIES.membership, 'allocate-order': ['order.completed'] },
  notifications: {
    ...COPIES.event,
    ...COPIES.person,
    'message-order.completed': ['order.completed'],
    'message-order.cancelled': ['order.cancelled'],
    'message-queue.ready': ['queue.ready'],
  },
  waitroom: {
    ...COPIES.membership,
    ...COPIES.event,
    admissions: [
      'admission.spent',
      'admission.returned',
      'checkout.completed',
      'checkout.failed',
      'checkout.expired',
    ],
    'queue-offers': ['offer.created', 'offer.updated', 'availability.changed'],
    'queue-settings': ['event.created', 'event.updated', 'event.published', 'event.cancelled'],
  },
};
