import { OrderRefunded, outboxEvent } from '@foyer/kafka';
import { isBought, type OrderStatus } from '../domain/orderStatus.js';
import type { OrderWork } from '../store/orderWork.js';
import { snapshotOf } from './snapshotOf.js';

interface FinishedRefund {
  readonly amount: number;
  readonly currency: string;
  readonly purpose: 'TICKETS' | 'CANCELLATION' | 'SURPLUS';
  readonly reason: string;
}

/** A refund is carried out. Told again, nothing happens. @param id the refund's, as payments knows it. */
export async function finishRefund(work: OrderWork, requestId: string): Promise<void> {
  const { order, sql } = work;
  const [refund] = await sql.query<FinishedRefund>(
    `update refund set state = 'DONE', done_at = foyer_now(), failure = null
     where request_id = $1 and order_id = $2 and state <> 'DONE'
     returning amount::float8 as amount, currency, purpose, reason`,
    [requestId, order.id],
  );
  if (!refund) return;
  const refunded = order.refunded + refund.amount;
  const status = await statusAfter(work, refund, refunded);
  work.change({ kind: 'REFUNDED', status, note: refund.reason, patch: { refunded } });
  const data = {
    order: await snapshotOf(work),
    refundId: requestId,
    refunded: { amount: refund.amount, currency: refund.currency },
    full: status === 'REFUNDED',
    reason: refund.reason,
  };
  work.publish(outboxEvent(OrderRefunded, { aggregateId: order.id, data }));
}

/** Money that was paid twice changes nothing of what was bought; an order that is over is refunded with the last of it. */
async function statusAfter(
  work: OrderWork,
  { purpose }: FinishedRefund,
  refunded: number,
): Promise<OrderStatus> {
  const { id, kind, status, captured } = work.order;
  if (!isBought(status)) return refunded === captured && status !== 'PENDING' ? 'REFUNDED' : status;
  if (kind === 'TABLE' && purpose === 'CANCELLATION') {
    return refunded === captured ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
  }
  if (purpose !== 'TICKETS') return status;
  const [row] = await work.sql.query<{ left: boolean }>(
    `select exists (
       select from ticket t left join refund r on r.id = t.refund_id
       where t.order_id = $1 and (t.refund_id is null or r.state <> 'DONE')
     ) as left`,
    [id],
  );
  return row?.left === false ? 'REFUNDED' : 'PARTIALLY_REFUNDED';
}
