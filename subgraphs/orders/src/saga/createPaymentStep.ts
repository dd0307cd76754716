import { invariant, type RefusalData } from '@foyer/platform';
import type { OrderWork } from '../store/orderWork.js';
import { movePayment } from '../store/payments.js';
import type { Parties } from './parties.js';
import { END, type Task, type Verdict } from './verdict.js';

/** Creates the payment that the saga has written down. */
export function createPaymentStep({ payments }: Parties): Task {
  return {
    async ask({ data: { payment } }) {
      invariant(payment, 'a payment is written down before it is asked for');
      const refusal = await payments.create({ ...payment, holdExpiresAt: new Date(payment.holdExpiresAt) });
      return (work) => settle(work, payment.paymentId, refusal);
    },
  };
}

async function settle(work: OrderWork, paymentId: string, refusal: RefusalData | null): Promise<Verdict> {
  if (refusal) {
    await movePayment(work, paymentId, ['ASKED', 'READY'], 'CLOSED');
    // Cancelled meanwhile: there is nothing left to undo, whoever did it has done so.
    if (work.order.status !== 'PENDING') return END;
    return { kind: 'refused', outcome: paymentNotPossible(refusal) };
  }
  if (await movePayment(work, paymentId, ['ASKED'], 'READY')) work.change({ kind: 'PAYMENT_READY' });
  return END;
}

/** Payments' refusal in the words of this graph. */
function paymentNotPossible({ code, message }: RefusalData): RefusalData {
  return { __typename: 'PaymentNotPossible', code, message };
}
