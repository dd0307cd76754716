import { invariant } from '@foyer/platform';
import type { SagaData } from '../store/sagaRow.js';
import { finishRefund } from '../work/finishRefund.js';
import type { Parties } from './parties.js';
import { END, type Task } from './verdict.js';

/** Gives single tickets' units back; what cost nothing is done with that. */
export function returnUnitsStep({ inventory }: Parties): Task {
  return {
    async ask({ orderId, data }) {
      const { id, lines, paymentId } = refundOf(data);
      await inventory.returnUnits({ returnId: id, orderId, lines });
      return async (work) => {
        if (paymentId !== null) return { kind: 'next', step: 'REFUND_PAYMENT' };
        await finishRefund(work, id);
        return END;
      };
    },
  };
}

/** Asks for the money; an event tells later that it went back. */
export function refundPaymentStep({ payments }: Parties): Task {
  return {
    async ask({ orderId, data }) {
      const { requestId, paymentId, amount, currency, reason } = refundOf(data);
      invariant(paymentId, 'money goes back to a payment');
      const refund = { refundId: requestId, paymentId, orderId, amount: { amount, currency }, reason };
      const refusal = await payments.refund(refund);
      return () =>
        Promise.resolve(refusal ? { kind: 'park', why: `${refusal.code}: ${refusal.message}` } : END);
    },
  };
}

function refundOf({ refund }: SagaData): NonNullable<SagaData['refund']> {
  invariant(refund, 'a refund saga has a refund');
  return refund;
}
