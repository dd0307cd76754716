import { outboxEvent, ReservationChanged } from '@foyer/kafka';
import { invariant } from '@foyer/platform';
import { freeUntilAfterMove } from '../domain/cancellationPolicy.js';
import type { HeldLine } from '../inventory/inventoryPort.js';
import type { OrderWork } from '../store/orderWork.js';
import type { ReservationChange } from '../store/sagaRow.js';
import { saveReservation } from '../store/saveReservation.js';
import { reservationSnapshot } from './reservationSnapshot.js';
import { seatOf } from './seatOf.js';

/**
 * Inventory has given a reservation another table: notes what it has now, whatever became of it meanwhile, and tells of
 * it. The deposit and the policy stay as they were when it was booked.
 */
export async function changeReservation(
  work: OrderWork,
  { specialRequests, actorId }: ReservationChange,
  held: HeldLine,
): Promise<void> {
  const before = await work.reservation();
  invariant(before, `order ${work.order.id} has no reservation`);
  const seat = seatOf(held);
  const moved = seat.startsAt.getTime() !== before.startsAt.getTime();
  const reservation = await saveReservation(work, {
    ...seat,
    specialRequests,
    freeUntil: moved
      ? freeUntilAfterMove(before.freeUntil, seat.startsAt, before.freeUntilHours, work.now)
      : before.freeUntil,
  });
  work.change({ kind: 'TABLE_CHANGED', ...(actorId === null ? {} : { actorId }) });
  const data = {
    ...reservationSnapshot(reservation),
    previous: {
      areaId: before.areaId,
      startsAt: before.startsAt.toISOString(),
      partySize: before.partySize,
    },
  };
  work.publish(outboxEvent(ReservationChanged, { aggregateId: reservation.id, data }));
}
