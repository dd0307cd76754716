import { defineHandler, PaymentExpired, type EventHandler } from '@foyer/kafka';
import { workWithin, type WorkStore } from '../store/orderWork.js';
import { movePayment } from '../store/payments.js';
import { beginExpiry } from '../work/expireOrder.js';

/** Nobody paid in time: the order ends with its hold, unless another payment was made ready meanwhile. */
export function onPaymentExpired(store: WorkStore): EventHandler {
  return defineHandler(PaymentExpired, {
    order: 'any',
    async handle({ data: { orderId, paymentId } }, { sql }) {
      await workWithin(store, sql, orderId, async (work) => {
        if (!(await movePayment(work, paymentId, ['ASKED', 'READY'], 'CLOSED'))) return;
        work.change({ kind: 'PAYMENT_CLOSED' });
        const { holdExpiresAt } = work.order;
        if (holdExpiresAt !== null && work.now >= holdExpiresAt) await beginExpiry(work);
      });
    },
  });
}
