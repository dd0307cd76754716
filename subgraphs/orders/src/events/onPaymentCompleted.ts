import { defineHandler, PaymentCompleted, type EventHandler } from '@foyer/kafka';
import type { WorkStore } from '../store/orderWork.js';
import { capturePayment } from '../work/capturePayment.js';
import { workOnPayer } from './workOnPayer.js';

/** The money is here: it buys the order, or goes back. */
export function onPaymentCompleted(store: WorkStore): EventHandler {
  return defineHandler(PaymentCompleted, {
    order: 'any',
    handle: ({ data }, { sql }) =>
      workOnPayer(store, sql, data.paymentId, (work) => capturePayment(work, data.paymentId)),
  });
}
