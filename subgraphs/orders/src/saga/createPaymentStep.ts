import { invariant, type RefusalData } from '@foyer/platform';
import type { Store } from '../store/openStore.js';
import { findOrder } from '../store/findOrder.js';
import type { OrderWork } from '../store/orderWork.js';
import { movePayment } from '../store/payments.js';
import type { OrderRow } from '../store/orderRow.js';
import type { Parties } from './parties.js';
import { END, type Task, type Verdict } from './verdict.js';

/** Creates the payment whose id the order has written down. */
export function createPaymentStep({ payments, store }: Parties): Task {
  return {
    async ask({ orderId, data }) {
      const { paymentId, provider } = data;
      invariant(paymentId && provider, 'a payment has an id and a provider');
      const { order, holdExpiresAt } = await payable(store, orderId);
      const refusal = await payments.create({
        paymentId,
        orderId,
        personId: order.buyerId,
        organizationId: order.organizationId,
        amount: { amount: order.total, currency: order.currency },
        provider,
        holdExpiresAt,
        description: `Order ${order.code}: ${order.eventName}`.slice(0, 200),
      });
      return (work) => settle(work, paymentId, refusal);
    },
  };
}

async function settle(work: OrderWork, paymentId: string, refusal: RefusalData | null): Promise<Verdict> {
  if (refusal) {
    await movePayment(work.sql, paymentId, ['ASKED', 'READY'], 'CLOSED');
    // Cancelled meanwhile: there is nothing left to undo, whoever did it has done so.
    if (work.order.status !== 'PENDING') return END;
    return { kind: 'refused', outcome: paymentNotPossible(refusal) };
  }
  if (await movePayment(work.sql, paymentId, ['ASKED'], 'READY')) work.change({ kind: 'PAYMENT_READY' });
  return END;
}

async function payable(store: Store, orderId: string): Promise<{ order: OrderRow; holdExpiresAt: Date }> {
  const order = await findOrder(store.sql, orderId);
  invariant(order?.holdExpiresAt, `order ${orderId} holds nothing that could be paid`);
  return { order, holdExpiresAt: order.holdExpiresAt };
}

/** Payments' refusal in the words of this graph. */
function paymentNotPossible({ code, message }: RefusalData): RefusalData {
  return { __typename: 'PaymentNotPossible', code, message };
}
