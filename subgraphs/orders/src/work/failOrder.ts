import { OrderFailed, outboxEvent } from '@foyer/kafka';
import type { RefusalData } from '@foyer/platform';
import type { OrderReason } from '../domain/orderStatus.js';
import type { OrderWork } from '../store/orderWork.js';
import { moveReservation } from './moveReservation.js';
import { returnAdmission } from './returnAdmission.js';
import { snapshotOf } from './snapshotOf.js';

const REASONS: Readonly<Record<string, OrderReason>> = {
  OfferRefused: 'NOT_AVAILABLE',
  TableRefused: 'NOT_AVAILABLE',
  PriceChanged: 'PRICE_CHANGED',
  PaymentNotPossible: 'PAYMENT_REFUSED',
};

/**
 * The order could not be made, and what was done for it is undone: the admission and the idempotency key are free again.
 * @param outcome what its buyer is answered.
 */
export async function failOrder(
  work: OrderWork,
  outcome: RefusalData | null,
  reason?: OrderReason,
): Promise<void> {
  const { order, sql } = work;
  if (order.status !== 'PENDING') return;
  work.change({
    kind: 'FAILED',
    status: 'FAILED',
    reason: reason ?? REASONS[outcome?.__typename ?? ''] ?? 'UNAVAILABLE',
    ...(outcome ? { note: outcome.message } : {}),
  });
  await returnAdmission(work);
  await sql.query(
    `update idempotency_key set refused = true
     where order_id = $1 and operation in ('placeOrder', 'reserveTable')`,
    [order.id],
  );
  // Whoever has heard of it (`order.created` goes out with the hold) hears of its end.
  if (order.holdExpiresAt !== null) {
    const data = { order: await snapshotOf(work), reason: outcome?.message ?? 'It could not be completed.' };
    work.publish(outboxEvent(OrderFailed, { aggregateId: order.id, data }));
    await moveReservation(work, 'CANCEL', 'NOT_MADE');
  } else {
    // A table that was never held is nobody's reservation.
    await sql.query(`delete from reservation where id = $1`, [order.id]);
  }
}
