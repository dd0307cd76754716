import { notInState } from '@foyer/platform';
import type { PaymentsAnswer } from '../payments/paymentsPort.js';
import { openPayment, paymentsOf, settlingPayment } from '../store/payments.js';
import type { OrderWork } from '../store/orderWork.js';
import type { SagaRow } from '../store/sagaRow.js';
import { askForPayment } from '../work/askForPayment.js';
import { closePayment } from '../work/closePayment.js';
import { expireOrder } from '../work/expireOrder.js';
import type { Parties } from './parties.js';
import { END, type Task, type Verdict } from './verdict.js';

/** Closes the saga's open payment, if it has one, then goes on as `next` says. */
function closeStep(
  { payments }: Parties,
  next: (work: OrderWork, saga: SagaRow, captured: boolean) => Promise<Verdict>,
): Task {
  return {
    async ask(saga) {
      const { closing } = saga.data;
      const answer: PaymentsAnswer | null = closing ? await payments.cancel(closing, saga.orderId) : null;
      return async (work) => {
        const captured = closing && answer ? await closePayment(work, closing, answer) : false;
        return next(work, saga, captured);
      };
    },
  };
}

/** After the tickets: closes a payment that nobody needs any more. */
export const closeUnneededStep = (parties: Parties): Task => closeStep(parties, () => Promise.resolve(END));

/** Of a cancelled order; its units are released next. */
export const closeCancelledStep = (parties: Parties): Task =>
  closeStep(parties, () => Promise.resolve({ kind: 'next', step: 'RELEASE' }));

/** Of an order whose hold is over; the order ends with it. */
export const closeExpiredStep = (parties: Parties): Task =>
  closeStep(parties, async (work) => {
    await expireOrder(work);
    return END;
  });

/** Of an order that is to be paid another way; unless it turns out to be paid, the other payment is written down next. */
export const replacePaymentStep = (parties: Parties): Task =>
  closeStep(parties, async (work, { data }, captured) => {
    if (captured) return END;
    const { order, sql } = work;
    const payments = await paymentsOf(sql, order.id);
    if (order.status !== 'PENDING' || settlingPayment(payments) || openPayment(payments)) {
      const refused = notInState(
        'The order can’t be paid another way any more. Look at how it stands.',
        order.status,
      );
      return { kind: 'refused', outcome: refused.refusal };
    }
    return { kind: 'next', step: 'CREATE_PAYMENT', data: { ...data, ...askForPayment(work, data) } };
  });
