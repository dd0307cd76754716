import { Type } from '@sinclair/typebox';
import { defineEvent } from '../event/defineEvent.js';
import { Id, Instant, MoneyAmount } from './parts.js';

const payment = { topic: 'payment-events', aggregateType: 'payment', version: 1 } as const;
const Payment = { paymentId: Id, orderId: Id, provider: Type.String(), amount: MoneyAmount };

/** A payment can be made. */
export const PaymentCreated = defineEvent({
  ...payment,
  type: 'payment.created',
  data: Type.Object({ ...Payment, expiresAt: Instant }),
});

/** The provider has the money. May come after the hold's end, or for an order that is gone. */
export const PaymentCompleted = defineEvent({
  ...payment,
  type: 'payment.completed',
  data: Type.Object({ ...Payment, at: Instant }),
});

/** The provider or the payer declined. */
export const PaymentFailed = defineEvent({
  ...payment,
  type: 'payment.failed',
  data: Type.Object({ ...Payment, reason: Type.String() }),
});

/** Nobody paid in time: the provider, asked after the end, said unpaid. */
export const PaymentExpired = defineEvent({
  ...payment,
  type: 'payment.expired',
  data: Type.Object(Payment),
});

/** Money went back. `refundId` is what the caller named the refund. */
export const PaymentRefunded = defineEvent({
  ...payment,
  type: 'payment.refunded',
  data: Type.Object({ ...Payment, refundId: Id, refunded: MoneyAmount, reason: Type.String() }),
});

/** The provider refuses a refund for good; an operator must act. */
export const PaymentRefundFailed = defineEvent({
  ...payment,
  type: 'payment.refund-failed',
  data: Type.Object({ ...Payment, refundId: Id, reason: Type.String() }),
});
