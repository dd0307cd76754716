import { defineHandler, PaymentCompleted, type EventHandler } from '@foyer/kafka';
import { workWithin, type WorkStore } from '../store/orderWork.js';
import { capturePayment } from '../work/capturePayment.js';

/** The money is here: it buys the order, or goes back. */
export function onPaymentCompleted(store: WorkStore): EventHandler {
  return defineHandler(PaymentCompleted, {
    order: 'any',
    async handle({ data }, { sql }) {
      await workWithin(store, sql, data.orderId, (work) => capturePayment(work, data.paymentId));
    },
  });
}
