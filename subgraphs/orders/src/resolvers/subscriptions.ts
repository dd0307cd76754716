import { followLatest, invalidArguments, isId, requirePermission } from '@foyer/platform';
import { buyerChannel, orderChannel, restaurantChannel } from '../store/announceOrder.js';
import { findOrder } from '../store/findOrder.js';
import { findOrders } from '../store/findOrders.js';
import { findReservation } from '../store/findReservation.js';
import { findReservations } from '../store/findReservations.js';
import type { Store } from '../store/openStore.js';
import type { OrderRow } from '../store/orderRow.js';
import type { ReservationRow } from '../store/reservationRow.js';
import type { OrdersContext } from './context.js';
import { followMany } from './followMany.js';
import { mayFollowRestaurant, maySeeOrder, maySeeReservation } from './visibility.js';

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
          return followMany({
            pubsub,
            channel: buyerChannel(userId),
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
          throw notThere('orderId', 'order');
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
    reservationUpdated: {
      async subscribe(
        _: unknown,
        { id, restaurantId }: { readonly id?: string | null; readonly restaurantId?: string | null },
        { identity }: OrdersContext,
      ) {
        requirePermission(identity, 'order:read');
        const read = async (reservationId: string): Promise<ReservationRow | null> => {
          const found = await findReservation(sql, reservationId);
          return found && (await maySeeReservation(sql, identity, found)) ? found : null;
        };
        if (typeof id === 'string') {
          if (!isId(id) || !(await read(id))) throw notThere('id', 'reservation');
          return followLatest({
            pubsub,
            channel: orderChannel(id.toLowerCase()),
            read: () => read(id),
            versionOf: ({ version }) => version,
          });
        }
        const listingId = restaurantId?.toLowerCase() ?? '';
        if (!isId(listingId) || !(await mayFollowRestaurant(sql, identity, listingId))) {
          throw notThere('restaurantId', 'restaurant');
        }
        return followMany({
          pubsub,
          channel: restaurantChannel(listingId),
          read,
          readWaiting: async () =>
            (await mayFollowRestaurant(sql, identity, listingId))
              ? findReservations(sql, { restaurantId: listingId, when: 'UPCOMING', after: null, limit: 100 })
              : [],
        });
      },
      resolve: (reservation: ReservationRow) => reservation,
    },
  };
}

function notThere(path: string, what: string): Error {
  const message = `There is no ${what} with this id, or it is not yours to see.`;
  return invalidArguments([{ path, rule: 'NOT_FOUND', message }]);
}
