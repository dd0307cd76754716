import { defineHandler, OrderCompleted, type EventHandler } from '@foyer/kafka';
import { allocateOrder } from '../store/allocateOrder.js';

/** An order is completed: its money is the organization's. */
export const orderCompleted: EventHandler<unknown> = defineHandler(OrderCompleted, {
  name: 'allocate-order',
  handle: async ({ data: { order } }, { sql }) => {
    await allocateOrder(sql, order.orderId, BigInt(order.total.amount));
  },
});
