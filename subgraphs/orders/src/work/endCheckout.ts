import { CheckoutCompleted, CheckoutExpired, CheckoutFailed, outboxEvent } from '@foyer/kafka';
import type { OrderWork } from '../store/orderWork.js';

const EVENTS = { completed: CheckoutCompleted, failed: CheckoutFailed, expired: CheckoutExpired } as const;

/** Tells the waiting room that a checkout is over; it frees the place. Nothing where there was no admission. */
export function endCheckout(work: OrderWork, how: keyof typeof EVENTS): void {
  const { admissionId, eventId, buyerId, id } = work.order;
  if (admissionId === null) return;
  const data = { admissionId, eventId, userId: buyerId, orderId: id };
  work.publish(outboxEvent(EVENTS[how], { aggregateId: admissionId, data }));
}
