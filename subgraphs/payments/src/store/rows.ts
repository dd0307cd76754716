import type { Payment, Refund } from '../domain/payment.js';

/** A payment as SQL gives it, under the names the domain knows; rows are `Payment`s. */
export const PAYMENT_COLUMNS = `id, order_id as "orderId", person_id as "personId", organization_id as "organizationId",
  provider, amount, currency, description, status, hold_expires_at as "holdExpiresAt", expires_at as "expiresAt",
  provider_expires_at as "providerExpiresAt", provider_reference as "providerReference", pay_url as "payUrl",
  failure_reason as "failureReason", captured, captured_at as "capturedAt", refunding, refunded,
  cancel_requested_at as "cancelRequestedAt", attempts, created_at as "createdAt", changed_at as "changedAt"`;

/** A refund as SQL gives it; rows are `Refund`s. */
export const REFUND_COLUMNS = `id, payment_id as "paymentId", amount, reason, status,
  provider_reference as "providerReference", failure_reason as "failureReason", requested_at as "requestedAt",
  settled_at as "settledAt", attempts`;

/** A payment together with the database's time at which it was read. */
export type PaymentAt = Payment & { readonly now: Date };

/** A refund together with its payment. */
export interface RefundWithPayment {
  readonly refund: Refund;
  readonly payment: Payment;
}
