import type { Payment } from '../domain/payment.js';

/** What every event of a payment says of it. */
export function paymentEvent({ id, orderId, provider, amount, currency }: Payment) {
  return { paymentId: id, orderId, provider, amount: { amount: Number(amount), currency } };
}
