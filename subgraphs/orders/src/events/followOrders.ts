import type { EventBus } from '@foyer/kafka';
import type { Component, PubSub } from '@foyer/platform';
import { buyerChannel, orderChannel, restaurantChannel } from '../store/announceOrder.js';

/** What of an order's event tells whose order changed. */
interface OrderEvent {
  readonly data?: {
    readonly order?: { readonly orderId?: string; readonly buyer?: { readonly userId?: string } };
    /** Events of reservations. */
    readonly reservationId?: string;
    readonly restaurantId?: string;
    readonly userId?: string | null;
  };
}

/**
 * Tells this process's subscribers of orders that other processes have changed, by the events that those publish.
 * @param pubsub of this process alone: every process reads along with the events.
 */
export function followOrders(bus: EventBus, pubsub: PubSub): Component {
  const follower = bus.follow({
    topics: ['order-events'],
    since: 'now',
    onEvent({ value }) {
      const { order, reservationId, restaurantId, userId } = (value as OrderEvent | null)?.data ?? {};
      const id = order?.orderId ?? reservationId;
      if (id === undefined) return;
      const buyerId = order?.buyer?.userId ?? userId;
      pubsub.publish(orderChannel(id), id);
      if (typeof buyerId === 'string') pubsub.publish(buyerChannel(buyerId), id);
      if (reservationId !== undefined && restaurantId !== undefined) {
        pubsub.publish(restaurantChannel(restaurantId), id);
      }
    },
  });
  return { name: 'events of orders', start: () => follower.start(), stop: () => follower.stop() };
}
