import { requireService, withRefusals } from '@foyer/platform';
import type { PaymentInput } from '../domain/checkPaymentInput.js';
import type { RefundInput } from '../domain/checkRefundInput.js';
import { cancelPayment } from '../operations/cancelPayment.js';
import { createPayment } from '../operations/createPayment.js';
import { requestRefund } from '../operations/requestRefund.js';
import type { Workbench } from '../operations/workbench.js';
import type { PaymentsContext } from './context.js';
import { refundView } from './payment.js';

/** What the orders saga asks for. A provider that does not answer is a fault: the saga asks again under the same id. */
export function mutations(bench: Workbench) {
  return {
    Mutation: {
      createPayment: withRefusals(
        async (_: unknown, { input }: { readonly input: PaymentInput }, { identity }: PaymentsContext) => {
          requireService(identity, 'orders');
          return { __typename: 'PaymentReady', payment: await createPayment(bench, input) };
        },
      ),
      cancelPayment: withRefusals(
        async (_: unknown, { paymentId }: { readonly paymentId: string }, { identity }: PaymentsContext) => {
          requireService(identity, 'orders');
          return { __typename: 'PaymentClosed', status: await cancelPayment(bench, paymentId) };
        },
      ),
      requestRefund: withRefusals(
        async (_: unknown, { input }: { readonly input: RefundInput }, { identity }: PaymentsContext) => {
          requireService(identity, 'orders');
          const { refund, payment } = await requestRefund(bench, input);
          return { __typename: 'RefundAccepted', refund: refundView(refund, payment) };
        },
      ),
    },
  };
}
