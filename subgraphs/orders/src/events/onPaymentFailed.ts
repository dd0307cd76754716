import {
  defineHandler,
  OrderPaymentFailed,
  outboxEvent,
  PaymentFailed,
  type EventHandler,
} from '@foyer/kafka';
import { workWithin, type WorkStore } from '../store/orderWork.js';
import { movePayment } from '../store/payments.js';
import { snapshotOf } from '../work/snapshotOf.js';

/** Declined: order and hold stay, the buyer may pay another way until the hold ends. */
export function onPaymentFailed(store: WorkStore): EventHandler {
  return defineHandler(PaymentFailed, {
    order: 'any',
    async handle({ data: { orderId, paymentId, reason } }, { sql }) {
      await workWithin(store, sql, orderId, async (work) => {
        if (!(await movePayment(work, paymentId, ['ASKED', 'READY'], 'DECLINED'))) return;
        work.change({ kind: 'PAYMENT_DECLINED', note: reason });
        const { status, holdExpiresAt, id } = work.order;
        if (status !== 'PENDING' || holdExpiresAt === null) return;
        const data = { order: await snapshotOf(work), payBy: holdExpiresAt.toISOString(), reason };
        work.publish(outboxEvent(OrderPaymentFailed, { aggregateId: id, data }));
      });
    },
  });
}
