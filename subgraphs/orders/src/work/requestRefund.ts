import { newId } from '@foyer/platform';
import type { OrderWork } from '../store/orderWork.js';

/** Money (and units) to be given back. */
export interface RefundRequest {
  readonly id?: string;
  /** null: nothing was paid, only units go back. */
  readonly paymentId: string | null;
  /** Minor units of the order's currency. */
  readonly amount: number;
  readonly purpose: 'TICKETS' | 'CANCELLATION' | 'SURPLUS';
  /** For people. */
  readonly reason: string;
  /** Units of single tickets that go back before the money; empty when the order's are released as a whole. */
  readonly lines: readonly { readonly offerId: string; readonly quantity: number }[];
  readonly requestedBy?: string;
}

/** Writes a refund down and begins the saga that carries it out. Never more than was captured: the database guards it. */
export async function requestRefund(work: OrderWork, request: RefundRequest): Promise<void> {
  const { id = newId(), paymentId, amount, purpose, reason, lines, requestedBy } = request;
  const { id: orderId, currency, refundRequested } = work.order;
  await work.sql.query(
    `insert into refund (id, request_id, order_id, payment_id, amount, currency, purpose, reason, state, requested_by,
       created_at)
     values ($1, $1, $2, $3, $4, $5, $6, $7, 'REQUESTED', $8, foyer_now())`,
    [id, orderId, paymentId, amount, currency, purpose, reason, requestedBy ?? null],
  );
  work.change({
    kind: 'REFUND_REQUESTED',
    note: reason,
    patch: { refundRequested: refundRequested + amount },
    ...(requestedBy === undefined ? {} : { actorId: requestedBy }),
  });
  work.begin({
    // The refund's own id, so that what payments says of it later finds the saga.
    id,
    kind: 'REFUND',
    step: lines.length > 0 ? 'RETURN_UNITS' : 'REFUND_PAYMENT',
    data: { refund: { id, requestId: id, paymentId, amount, currency, reason, lines } },
  });
}
