import type { PubSub, SqlTransaction } from '@foyer/platform';

/** Channel of one order's changes. */
export const orderChannel = (orderId: string): string => `order:${orderId}`;

/** Channel of the changes of a buyer's orders; a message is an order's id. */
export const buyerChannel = (buyerId: string): string => `orders-of:${buyerId}`;

/** Tells who follows the order, once the transaction has committed. */
export function announceOrder(
  sql: SqlTransaction,
  pubsub: PubSub,
  order: { readonly id: string; readonly buyerId: string },
): void {
  sql.afterCommit(() => {
    pubsub.publish(orderChannel(order.id), order.id);
    pubsub.publish(buyerChannel(order.buyerId), order.id);
  });
}
