import { OrderCancelled, outboxEvent } from '@foyer/kafka';
import { isUnderWay } from '../store/isUnderWay.js';
import type { OrderWork } from '../store/orderWork.js';
import { openPayment, paymentsOf, settlingPayment } from '../store/payments.js';
import { endCheckout } from './endCheckout.js';
import { moveReservation } from './moveReservation.js';
import { snapshotOf } from './snapshotOf.js';

/**
 * The hold of an order is over: begins its end, unless its money is here. An order that is still being placed is left
 * alone: its units may just be sold to it for nothing. If it waits for its payment then, it is found by the clock.
 */
export async function beginExpiry(work: OrderWork): Promise<void> {
  const { order, sql } = work;
  if (order.status !== 'PENDING' || (await isUnderWay(sql, order.id, 'PLACE'))) return;
  const payments = await paymentsOf(sql, order.id);
  if (settlingPayment(payments)) return;
  const closing = openPayment(payments)?.paymentId ?? null;
  work.begin({ kind: 'EXPIRE', step: 'CANCEL_PAYMENT', data: { closing } });
}

/**
 * Nobody can pay any more: cancels the order, unless its money is here or another payment was made ready meanwhile. Its
 * hold has ended by itself; it is not released, so that money that comes late can still buy what is left.
 */
export async function expireOrder(work: OrderWork): Promise<void> {
  if (work.order.status !== 'PENDING') return;
  const payments = await paymentsOf(work.sql, work.order.id);
  if (settlingPayment(payments) || openPayment(payments)) return;
  const reason = 'NOT_PAID_IN_TIME';
  work.change({ kind: 'CANCELLED', status: 'CANCELLED', reason });
  endCheckout(work, 'expired');
  await moveReservation(work, 'CANCEL', reason);
  const data = { order: await snapshotOf(work), reason } as const;
  work.publish(outboxEvent(OrderCancelled, { aggregateId: work.order.id, data }));
}
