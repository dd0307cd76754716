import { defineHandler, PaymentRefunded, type EventHandler } from '@foyer/kafka';
import { workWithin, type WorkStore } from '../store/orderWork.js';
import { finishRefund } from '../work/finishRefund.js';

/** The money went back. */
export function onPaymentRefunded(store: WorkStore): EventHandler {
  return defineHandler(PaymentRefunded, {
    order: 'any',
    async handle({ data }, { sql }) {
      await workWithin(store, sql, data.orderId, (work) => finishRefund(work, data.refundId));
    },
  });
}
