import { findRestaurantCopy, OrderCompleted, outboxEvent } from '@foyer/kafka';
import { invariant } from '@foyer/platform';
import type { OrderWork } from '../store/orderWork.js';
import { moveReservation } from './moveReservation.js';
import { snapshotOf } from './snapshotOf.js';

/** The order's table is theirs: it is complete. Who stands at the door already is seated at once. */
export async function completeReservation(work: OrderWork): Promise<void> {
  const reservation = await work.reservation();
  invariant(reservation, `order ${work.order.id} has no reservation`);
  const restaurant = await findRestaurantCopy(work.sql, reservation.restaurantId);
  invariant(restaurant, `order ${work.order.id} is for a restaurant that is not known here`);
  work.change({ kind: 'COMPLETED', status: 'COMPLETED' });
  await moveReservation(work, 'CONFIRM');
  work.publish(
    outboxEvent(OrderCompleted, {
      aggregateId: work.order.id,
      data: {
        order: await snapshotOf(work),
        startsAt: reservation.startsAt.toISOString(),
        timeZone: restaurant.timeZone,
        venueName: restaurant.name,
        tickets: [],
      },
    }),
  );
  if (!reservation.walkIn) return;
  work.change({ kind: 'SEATED' });
  await moveReservation(work, 'SEAT');
}
