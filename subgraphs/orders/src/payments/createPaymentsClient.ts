import type { RefusalData, ServiceClient } from '@foyer/platform';
import { takeRefusal } from '../inventory/takeRefusal.js';
import type { PaymentsAnswer, PaymentsPort } from './paymentsPort.js';

const CREATE = `mutation CreatePayment($input: CreatePaymentInput!) {
  createPayment(input: $input) { __typename ... on Refusal { code message } }
}`;
const CANCEL = `mutation CancelPayment($paymentId: ID!) {
  cancelPayment(paymentId: $paymentId) { __typename ... on PaymentClosed { status } ... on Refusal { code message } }
}`;
const REFUND = `mutation RequestRefund($input: RequestRefundInput!) {
  requestRefund(input: $input) { __typename ... on Refusal { code message } }
}`;

const CAPTURED: ReadonlySet<string> = new Set(['COMPLETED', 'PARTIALLY_REFUNDED', 'REFUNDED']);

type Answer<Field extends string> = Readonly<
  Record<Field, { readonly __typename: string; readonly status?: string }>
>;

/** Payments by its service-only mutations. */
export function createPaymentsClient(client: ServiceClient): PaymentsPort {
  return {
    async create({ holdExpiresAt, ...payment }) {
      const input = { ...payment, holdExpiresAt: holdExpiresAt.toISOString() };
      const { createPayment } = await client.request<Answer<'createPayment'>>(
        CREATE,
        { input },
        payment.orderId,
      );
      return takeRefusal(createPayment, 'PaymentReady');
    },
    async cancel(paymentId, requestId): Promise<PaymentsAnswer> {
      const { cancelPayment } = await client.request<Answer<'cancelPayment'>>(
        CANCEL,
        { paymentId },
        requestId,
      );
      const refusal: RefusalData | null = takeRefusal(cancelPayment, 'PaymentClosed');
      if (refusal) throw new Error(`payments refuses to close ${paymentId}: ${refusal.message}`);
      const status = cancelPayment.status ?? '';
      if (CAPTURED.has(status)) return 'CAPTURED';
      return status === 'FAILED' ? 'DECLINED' : 'CLOSED';
    },
    async refund({ orderId, ...refund }) {
      const { requestRefund } = await client.request<Answer<'requestRefund'>>(
        REFUND,
        { input: refund },
        orderId,
      );
      return takeRefusal(requestRefund, 'RefundAccepted');
    },
  };
}
