import { OrderCancelled, outboxEvent, type EventDataOf } from '@foyer/kafka';
import { invariant } from '@foyer/platform';
import { lockTickets } from '../store/lockTickets.js';
import type { OrderWork } from '../store/orderWork.js';
import { openPayment, paymentsOf } from '../store/payments.js';
import { endCheckout } from './endCheckout.js';
import { moveReservation } from './moveReservation.js';
import { requestRefund } from './requestRefund.js';
import { snapshotOf } from './snapshotOf.js';

/** Who or what cancels an order that is not over. */
export interface Cancellation {
  readonly reason: Exclude<EventDataOf<typeof OrderCancelled>['reason'], 'NOT_PAID_IN_TIME'>;
  /** For people: goes with the refund. */
  readonly note: string;
  readonly actorId?: string;
  /** What is kept of the money that paid the order, in its minor units; nothing when left out. */
  readonly keep?: number;
}

/**
 * Cancels an order, paid or not: its tickets die, its open payment is closed, its units go back, and all money that
 * came for it, was not given back yet and is not to be kept. Not for orders of which a ticket was used: callers decide
 * that under the tickets' locks.
 */
export async function cancelOrder(work: OrderWork, cancellation: Cancellation): Promise<void> {
  const { reason, note, actorId, keep = 0 } = cancellation;
  const { order, sql } = work;
  const tickets = await lockTickets(sql, order.id);
  invariant(
    tickets.every(({ state }) => state !== 'REDEEMED'),
    `a ticket of order ${order.id} was used: it can't be cancelled as a whole`,
  );
  const unpaid = order.status === 'PENDING';
  work.change({
    kind: 'CANCELLED',
    status: 'CANCELLED',
    reason,
    note,
    ...(actorId === undefined ? {} : { actorId }),
  });
  if (unpaid) endCheckout(work, 'failed');
  work.publish(
    outboxEvent(OrderCancelled, { aggregateId: order.id, data: { order: await snapshotOf(work), reason } }),
  );
  await sql.query(`update ticket set state = 'VOID' where order_id = $1 and state = 'VALID'`, [order.id]);
  await moveReservation(work, 'CANCEL', reason === 'BY_BUYER' ? 'BY_GUEST' : 'BY_RESTAURANT');
  await refundRest(work, note, actorId, keep);
  const open = openPayment(await paymentsOf(sql, order.id));
  work.begin({
    kind: 'CANCEL',
    step: open ? 'CANCEL_PAYMENT' : 'RELEASE',
    data: { closing: open?.paymentId ?? null, reason },
  });
}

/**
 * Asks back what is left of every payment that was taken.
 * @param keep what stays of the one that paid the order, in its minor units.
 */
export async function refundRest(
  work: OrderWork,
  reason: string,
  requestedBy?: string,
  keep = 0,
): Promise<void> {
  const rest = await work.sql.query<{ paymentId: string; amount: number }>(
    `select p.payment_id as "paymentId", (p.amount - k.kept - coalesce(sum(r.amount), 0))::float8 as amount
     from order_payment p cross join lateral (select case when p.settles then $2::bigint else 0 end as kept) k
       left join refund r using (payment_id)
     where p.order_id = $1 and p.state = 'CAPTURED'
     group by p.payment_id, k.kept having p.amount - k.kept > coalesce(sum(r.amount), 0)`,
    [work.order.id, keep],
  );
  for (const { paymentId, amount } of rest) {
    const by = requestedBy === undefined ? {} : { requestedBy };
    await requestRefund(work, { paymentId, amount, purpose: 'CANCELLATION', reason, lines: [], ...by });
  }
}
