import { followLatest, isId, requirePermission } from '@foyer/platform';
import { invalidArguments } from '@foyer/schema';
import { orderChannel } from '../store/announceOrder.js';
import { findOrder } from '../store/findOrder.js';
import { findOrders } from '../store/findOrders.js';
import type { Store } from '../store/openStore.js';
import type { OrderRow } from '../store/orderRow.js';
import type { OrdersContext } from './context.js';
import { followOwnOrders } from './followOwnOrders.js';
import { maySeeOrder } from './visibility.js';

/** Subscriptions of orders. */
export function subscriptionResolvers({ sql, pubsub }: Store) {
  return {
    orderUpdated: {
      async subscribe(
        _: unknown,
        { orderId }: { readonly orderId?: string | null },
        { identity }: OrdersContext,
      ) {
        const { userId } = requirePermission(identity, 'order:read');
        if (orderId === null || orderId === undefined) {
          return followOwnOrders({
            pubsub,
            buyerId: userId,
            read: (id) => findOrder(sql, id),
            readWaiting: () =>
              findOrders(sql, { buyerId: userId, status: 'PENDING', after: null, limit: 100 }),
          });
        }
        // The right is looked at anew for every value: who loses it sees nothing more.
        const read = async (): Promise<OrderRow | null> => {
          const order = await findOrder(sql, orderId);
          return order && (await maySeeOrder(sql, identity, order)) ? order : null;
        };
        if (!isId(orderId) || !(await read())) {
          throw invalidArguments([
            {
              path: 'orderId',
              rule: 'NOT_FOUND',
              message: 'There is no order with this id, or it is not yours to see.',
            },
          ]);
        }
        return followLatest({
          pubsub,
          channel: orderChannel(orderId.toLowerCase()),
          read,
          versionOf: ({ version }) => version,
        });
      },
      resolve: (order: OrderRow) => order,
    },
  };
}
