import { findRestaurantCopy, OrderCompleted, outboxEvent } from '@foyer/kafka';
import { invariant } from '@foyer/platform';
import type { HeldLine } from '../inventory/inventoryPort.js';
import type { OrderWork } from '../store/orderWork.js';
import { saveReservation } from '../store/saveReservation.js';
import { moveReservation } from './moveReservation.js';
import { seatOf } from './seatOf.js';
import { snapshotOf } from './snapshotOf.js';

/** The order's table is theirs: it is complete. Who stands at the door already is seated at once. */
export async function completeReservation(work: OrderWork, sold: readonly HeldLine[]): Promise<void> {
  const [line] = sold;
  invariant(line, `order ${work.order.id} is for a table and has none`);
  // A deposit that came late may have bought another table of the area.
  const reservation = await saveReservation(work, seatOf(line));
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
