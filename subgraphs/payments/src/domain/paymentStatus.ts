import { defineStateMachine } from '@foyer/platform/domain';

/**
 * How a payment goes. Money that arrives late is the truth wherever it finds the payment, so COMPLETED follows every
 * unpaid state; what becomes of that money is for orders to say.
 */
export const paymentStatus = defineStateMachine({
  name: 'payment',
  initial: 'PENDING',
  transitions: {
    PENDING: ['COMPLETED', 'FAILED', 'EXPIRED', 'CANCELLED'],
    FAILED: ['COMPLETED'],
    EXPIRED: ['COMPLETED'],
    CANCELLED: ['COMPLETED'],
    COMPLETED: ['PARTIALLY_REFUNDED', 'REFUNDED'],
    PARTIALLY_REFUNDED: ['REFUNDED'],
    REFUNDED: [],
  },
});

/** How far a payment is. */
export type PaymentStatus = keyof typeof paymentStatus.transitions;

/** What a captured payment is once this much of it was given back. */
export function statusAfterRefund(captured: bigint, refunded: bigint): PaymentStatus {
  if (refunded === 0n) return 'COMPLETED';
  return refunded < captured ? 'PARTIALLY_REFUNDED' : 'REFUNDED';
}
