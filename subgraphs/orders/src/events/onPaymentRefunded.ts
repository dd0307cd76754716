import { defineHandler, PaymentRefunded, type EventHandler } from '@foyer/kafka';
import type { WorkStore } from '../store/orderWork.js';
import { finishRefund } from '../work/finishRefund.js';
import { workOnPayer } from './workOnPayer.js';

/** The money went back. */
export function onPaymentRefunded(store: WorkStore): EventHandler {
  return defineHandler(PaymentRefunded, {
    order: 'any',
    handle: ({ data }, { sql }) =>
      workOnPayer(store, sql, data.paymentId, (work) => finishRefund(work, data.refundId)),
  });
}
