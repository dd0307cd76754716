import { OrderCancelled, outboxEvent, type EventDataOf } from '@foyer/kafka';
import type { OrderWork } from '../store/orderWork.js';
import { openPayment, paymentsOf } from '../store/payments.js';
import { endCheckout } from './endCheckout.js';
import { requestRefund } from './requestRefund.js';
import { snapshotOf } from './snapshotOf.js';

/** Who or what cancels an order that is not over. */
export interface Cancellation {
  readonly reason: Exclude<EventDataOf<typeof OrderCancelled>['reason'], 'NOT_PAID_IN_TIME'>;
  /** For people: goes with the refund. */
  readonly note: string;
  readonly actorId?: string;
}

/**
 * Cancels an order, paid or not: its tickets die, its open payment is closed, its units go back, and all money that
 * came for it and was not given back yet.
 */
export async function cancelOrder(work: OrderWork, { reason, note, actorId }: Cancellation): Promise<void> {
  const { order, sql } = work;
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
  await refundRest(work, note, actorId);
  const open = openPayment(await paymentsOf(sql, order.id));
  work.begin({
    kind: 'CANCEL',
    step: open ? 'CANCEL_PAYMENT' : 'RELEASE',
    data: { closing: open?.paymentId ?? null, reason },
  });
}

/** Asks back what is left of every payment that was taken. */
export async function refundRest(work: OrderWork, reason: string, requestedBy?: string): Promise<void> {
  const rest = await work.sql.query<{ paymentId: string; amount: number }>(
    `select p.payment_id as "paymentId", (p.amount - coalesce(sum(r.amount), 0))::float8 as amount
     from order_payment p left join refund r using (payment_id)
     where p.order_id = $1 and p.state = 'CAPTURED'
     group by p.payment_id having p.amount > coalesce(sum(r.amount), 0)`,
    [work.order.id],
  );
  for (const { paymentId, amount } of rest) {
    const by = requestedBy === undefined ? {} : { requestedBy };
    await requestRefund(work, { paymentId, amount, purpose: 'CANCELLATION', reason, lines: [], ...by });
  }
}
