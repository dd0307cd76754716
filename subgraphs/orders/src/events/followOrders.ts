import type { EventBus } from '@foyer/kafka';
import type { Component, PubSub } from '@foyer/platform';
import { buyerChannel, orderChannel } from '../store/announceOrder.js';

/** What of an order's event tells whose order changed. */
interface OrderEvent {
  readonly data?: {
    readonly order?: { readonly orderId?: string; readonly buyer?: { readonly userId?: string } };
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
      const { orderId, buyer } = (value as OrderEvent | null)?.data?.order ?? {};
      if (orderId === undefined) return;
      pubsub.publish(orderChannel(orderId), orderId);
      if (buyer?.userId !== undefined) pubsub.publish(buyerChannel(buyer.userId), orderId);
    },
  });
  return { name: 'events of orders', start: () => follower.start(), stop: () => follower.stop() };
}
