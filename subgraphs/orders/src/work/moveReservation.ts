import {
  outboxEvent,
  ReservationCancelled,
  ReservationCompleted,
  ReservationConfirmed,
  ReservationNoShow,
  ReservationSeated,
} from '@foyer/kafka';
import { afterAction, type ReservationAction, type ReservationReason } from '../domain/reservationStatus.js';
import type { OrderWork } from '../store/orderWork.js';
import { saveReservation } from '../store/saveReservation.js';
import { reservationSnapshot } from './reservationSnapshot.js';

const EVENTS = {
  CONFIRM: ReservationConfirmed,
  CANCEL: ReservationCancelled,
  SEAT: ReservationSeated,
  COMPLETE: ReservationCompleted,
  MISS: ReservationNoShow,
} as const;

/**
 * Moves an order's reservation on, and tells of it. Nothing where tickets are sold.
 * @param reason of a cancellation.
 * @throws InvariantViolation when the action is not possible as the reservation stands.
 */
export async function moveReservation(
  work: OrderWork,
  action: Exclude<ReservationAction, 'CHANGE'>,
  reason: ReservationReason | null = null,
): Promise<void> {
  const before = await work.reservation();
  if (!before) return;
  const status = afterAction(before.status, action);
  const reservation = await saveReservation(work, { status, reason });
  const data = reservationSnapshot({ ...reservation, deposit: work.order.total });
  work.publish(outboxEvent(EVENTS[action], { aggregateId: reservation.id, data }));
}
