import type { IncomingHttpHeaders } from 'node:http';
import type { Money } from '@foyer/platform';
import type { PaymentObservation, RefundObservation } from '../domain/observation.js';

/** What a provider can do. */
export interface ProviderCapabilities {
  /** ISO 4217 codes; null is every currency. */
  readonly currencies: readonly string[] | null;
  /** The least time, in seconds, that a payment stays open there; it is closed by an explicit call where that is too long. */
  readonly shortestExpirySeconds: number;
}

/** What is asked for when a payment is made. */
export interface ProviderPaymentRequest {
  /** Our id, the provider's idempotency key: the same id again gives the same payment. */
  readonly paymentId: string;
  readonly amount: Money;
  /** What it is for, for people. */
  readonly description: string;
  readonly expiresAt: Date;
}

/** A payment as a provider made it. */
export interface ProviderPayment {
  /** The provider's own name of it. */
  readonly reference: string;
  /** Where the payer pays, in the browser. */
  readonly payUrl: string;
}

/** Names a payment. */
export interface ProviderPaymentKey {
  /** Our id. */
  readonly paymentId: string;
  /** The provider's own name of it; null when it has not told us. */
  readonly reference: string | null;
}

/** What is asked for when money is to go back. */
export interface ProviderRefundRequest {
  /** Our id, the provider's idempotency key. */
  readonly refundId: string;
  readonly payment: ProviderPaymentKey;
  readonly amount: Money;
  /** For people. */
  readonly reason: string;
}

/** Names a refund. */
export interface ProviderRefundKey {
  /** Our id. */
  readonly refundId: string;
  readonly payment: ProviderPaymentKey;
  /** The provider's own name of it; null when it has not told us. */
  readonly reference: string | null;
}

/** A webhook as it came in. */
export interface IncomingWebhook {
  readonly headers: IncomingHttpHeaders;
  /** The very bytes that were signed. */
  readonly rawBody: Buffer;
}

/** What a webhook tells. The ids are ours, as the provider repeats them; nobody vouches that we know them. */
export type WebhookNotice =
  | { readonly about: 'PAYMENT'; readonly paymentId: string; readonly observation: PaymentObservation }
  | { readonly about: 'REFUND'; readonly refundId: string; readonly observation: RefundObservation }
  /** Nothing that we act on. */
  | { readonly about: 'NOTHING' };

/** A webhook that is authentic. */
export interface ReadWebhook {
  /** What may be logged of it: no signature, no secret. */
  readonly content: unknown;
  readonly notice: WebhookNotice;
}

/** An answer to a webhook, in the provider's own format. */
export interface WebhookAnswer {
  readonly status: number;
  readonly contentType: string;
  readonly body: string;
}

/**
 * The port: a provider of payments. Whatever is asked may be asked again, at once or after a crash, under the same id,
 * and must then give the same.
 *
 * Calls throw `ProviderRefused` when the provider says no for good, and `ProviderUnavailable` when there is no answer,
 * so that nobody knows whether it was done. Every adapter passes `providerContract`.
 */
export interface PaymentProvider {
  /** Upper case: `SANDBOX`. */
  readonly name: string;
  readonly capabilities: ProviderCapabilities;
  /** Makes a payment. One that was closed meanwhile is given as it is, and is not opened again. */
  createPayment(request: ProviderPaymentRequest): Promise<ProviderPayment>;
  /** Has a payment closed unless it is paid, and tells what it was. OPEN only where the provider can't close it. */
  closePayment(key: ProviderPaymentKey): Promise<PaymentObservation>;
  /** How a payment is. */
  queryPayment(key: ProviderPaymentKey): Promise<PaymentObservation>;
  /** Gives money back, or says no for good (`FAILED`). */
  refund(request: ProviderRefundRequest): Promise<RefundObservation>;
  /** How a refund is. */
  queryRefund(key: ProviderRefundKey): Promise<RefundObservation>;
  /** Verifies a webhook over its raw body and reads it. @throws WebhookRejected when it is not authentic. */
  readWebhook(incoming: IncomingWebhook): ReadWebhook | Promise<ReadWebhook>;
  /** The answer that makes the provider stop sending, or, to a webhook that was turned away, tells it so. */
  answerWebhook(rejection: WebhookRejected | null): WebhookAnswer;
}

/** A provider says no for good. The message is for people. */
export class ProviderRefused extends Error {
  override readonly name = 'ProviderRefused';
}

/** There is no answer from a provider: nobody knows whether it was done. Ask again under the same id. */
export class ProviderUnavailable extends Error {
  override readonly name = 'ProviderUnavailable';
}

/** What is wrong with a webhook that is turned away. */
export type WebhookFault = 'SIGNATURE' | 'STALE' | 'MALFORMED';

/** A webhook is not what the provider sends. */
export class WebhookRejected extends Error {
  override readonly name = 'WebhookRejected';

  constructor(
    readonly fault: WebhookFault,
    message: string,
  ) {
    super(message);
  }
}
