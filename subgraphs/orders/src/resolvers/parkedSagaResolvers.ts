import type { OrdersContext } from './context.js';

/** Fields of a parked saga that need more than its row. */
export const parkedSagaResolvers = {
  order: ({ orderId }: { readonly orderId: string }, _: unknown, { orders }: OrdersContext) =>
    orders.load(orderId),
};
