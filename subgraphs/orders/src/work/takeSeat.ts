import { outboxEvent, ReservationCreated } from '@foyer/kafka';
import type { HeldLine } from '../inventory/inventoryPort.js';
import type { OrderWork } from '../store/orderWork.js';
import { saveReservation } from '../store/saveReservation.js';
import { reservationSnapshot } from './reservationSnapshot.js';
import { seatOf } from './seatOf.js';

/** A table is held for a reservation: notes which, on its order's line too, and tells of the reservation. */
export async function takeSeat(work: OrderWork, held: HeldLine): Promise<void> {
  const { order, sql } = work;
  const { offerId, name } = held;
  await sql.query(`update order_line set offer_id = $2, name = $3 where order_id = $1`, [
    order.id,
    offerId,
    name,
  ]);
  work.setLines((await work.lines()).map((line) => ({ ...line, offerId, name })));
  const reservation = await saveReservation(work, seatOf(held));
  const data = reservationSnapshot({ ...reservation, deposit: order.total });
  work.publish(outboxEvent(ReservationCreated, { aggregateId: order.id, data }));
}
