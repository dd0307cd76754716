import type { Money, RefusalData } from '@foyer/platform';

/** What orders asks of payments. Every call is idempotent by its id, and throws SubgraphUnavailable without an answer. */
export interface PaymentsPort {
  /** @returns null when it can be paid, or the refusal. */
  create(payment: PaymentRequest): Promise<RefusalData | null>;
  /** Closes a payment; one that does not exist yet can't be created any more. */
  cancel(paymentId: string, requestId: string): Promise<PaymentsAnswer>;
  /** @returns null when it will be carried out, or the refusal. */
  refund(refund: RefundRequest): Promise<RefusalData | null>;
}

/** What a payment is once it is closed: it took the money, was declined, or neither. */
export type PaymentsAnswer = 'CAPTURED' | 'DECLINED' | 'CLOSED';

/** A payment to be created. */
export interface PaymentRequest {
  readonly paymentId: string;
  readonly orderId: string;
  readonly personId: string;
  readonly organizationId: string;
  readonly amount: Money;
  readonly provider: string;
  readonly holdExpiresAt: Date;
  /** For people. */
  readonly description: string;
}

/** Money to be given back. */
export interface RefundRequest {
  readonly refundId: string;
  readonly paymentId: string;
  readonly orderId: string;
  readonly amount: Money;
  readonly reason: string;
}
