import { outboxEvent, ReservationCreated } from '@foyer/kafka';
import { invariant } from '@foyer/platform';
import type { HeldLine } from '../inventory/inventoryPort.js';
import type { OrderWork } from '../store/orderWork.js';
import { saveReservation } from '../store/saveReservation.js';
import { reservationSnapshot } from './reservationSnapshot.js';

/** A table is held for a reservation: notes which, on its order's line too, and tells of the reservation. */
export async function takeSeat(work: OrderWork, held: HeldLine): Promise<void> {
  const { order, sql } = work;
  const { seating, offerId, name, quantity } = held;
  invariant(seating, `order ${order.id} is for a table and holds none`);
  await sql.query(`update order_line set offer_id = $2, name = $3 where order_id = $1`, [
    order.id,
    offerId,
    name,
  ]);
  work.setLines((await work.lines()).map((line) => ({ ...line, offerId, name })));
  const reservation = await saveReservation(work, {
    areaId: offerId,
    areaName: name,
    startsAt: new Date(seating.startsAt),
    endsAt: new Date(seating.endsAt),
    partySize: quantity,
    day: seating.date,
    tables: seating.tables,
  });
  const data = reservationSnapshot({ ...reservation, deposit: order.total });
  work.publish(outboxEvent(ReservationCreated, { aggregateId: order.id, data }));
}
