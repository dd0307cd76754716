import type { PaymentStatus } from './paymentStatus.js';
import type { RefundStatus } from './refundStatus.js';

/** Money for an order, by one attempt with one provider. Amounts in minor units of `currency`. */
export interface Payment {
  readonly id: string;
  readonly orderId: string;
  readonly personId: string;
  readonly organizationId: string;
  readonly provider: string;
  readonly amount: bigint;
  readonly currency: string;
  /** What it is for, for people. */
  readonly description: string;
  readonly status: PaymentStatus;
  readonly holdExpiresAt: Date;
  /** When the pay page closes. */
  readonly expiresAt: Date;
  /** When the provider closes it by itself: not before `expiresAt`. */
  readonly providerExpiresAt: Date;
  /** The provider's own name of it; null until the provider has answered. */
  readonly providerReference: string | null;
  /** Null until the provider has answered. */
  readonly payUrl: string | null;
  readonly failureReason: string | null;
  /** 0, or `amount`. */
  readonly captured: bigint;
  readonly capturedAt: Date | null;
  /** Asked for, and not yet decided by the provider. */
  readonly refunding: bigint;
  readonly refunded: bigint;
  readonly cancelRequestedAt: Date | null;
  /** Attempts to reach the provider since it last answered. */
  readonly attempts: number;
  readonly createdAt: Date;
  readonly changedAt: Date;
}

/** Money to be given back. */
export interface Refund {
  readonly id: string;
  readonly paymentId: string;
  /** In minor units of the payment's currency. */
  readonly amount: bigint;
  readonly reason: string;
  readonly status: RefundStatus;
  /** The provider's own name of it; null until the provider has answered. */
  readonly providerReference: string | null;
  readonly failureReason: string | null;
  readonly requestedAt: Date;
  readonly settledAt: Date | null;
  /** Attempts to reach the provider since it last answered. */
  readonly attempts: number;
}
