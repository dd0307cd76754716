import type { PubSub, SqlTransaction } from '@foyer/platform';
import type { OrderRow } from './orderRow.js';

/** Channel of one order's changes. */
export const orderChannel = (orderId: string): string => `order:${orderId}`;

/** Channel of the changes of a buyer's orders; a message is an order's id. */
export const buyerChannel = (buyerId: string): string => `orders-of:${buyerId}`;

/** Channel of the changes of a restaurant's reservations; a message is a reservation's id. */
export const restaurantChannel = (restaurantId: string): string => `reservations-of:${restaurantId}`;

/** What of an order tells who follows it. */
type Announced = Pick<OrderRow, 'id' | 'kind' | 'buyerId' | 'eventId'>;

/** Tells who follows the order, once the transaction has committed. */
export function announceOrder(
  sql: SqlTransaction,
  pubsub: PubSub,
  { id, kind, buyerId, eventId }: Announced,
): void {
  sql.afterCommit(() => {
    pubsub.publish(orderChannel(id), id);
    pubsub.publish(buyerChannel(buyerId), id);
    if (kind === 'TABLE') pubsub.publish(restaurantChannel(eventId), id);
  });
}
