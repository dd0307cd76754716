import { defineHandler, PaymentRefundFailed, type EventHandler } from '@foyer/kafka';
import { workWithin, type WorkStore } from '../store/orderWork.js';

/** The provider refuses a refund for good: the refund's saga waits for an operator. */
export function onPaymentRefundFailed(store: WorkStore): EventHandler {
  return defineHandler(PaymentRefundFailed, {
    order: 'any',
    async handle({ data: { orderId, refundId, reason } }, { sql }) {
      await workWithin(store, sql, orderId, async (work) => {
        const [refund] = await sql.query<{ id: string }>(
          `update refund set state = 'FAILED', failure = $2 where request_id = $1 and state = 'REQUESTED' returning id`,
          [refundId, reason],
        );
        if (!refund) return;
        work.change({ kind: 'REFUND_FAILED', note: reason });
        await sql.query(
          `update saga set state = 'PARKED', step = 'REFUND_PAYMENT', last_error = $2, updated_at = clock_timestamp(),
             lease_holder = null, lease_until = null
           where id = $1 and state <> 'ABANDONED'`,
          [refund.id, reason],
        );
      });
    },
  });
}
