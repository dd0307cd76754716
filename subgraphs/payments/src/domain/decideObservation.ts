import type { IncidentKind, PaymentObservation } from './observation.js';
import type { Payment } from './payment.js';

/** What follows from what a provider said of a payment. */
export type PaymentDecision =
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'COMPLETE' }
  | { readonly kind: 'FAIL'; readonly reason: string }
  | { readonly kind: 'EXPIRE' }
  | { readonly kind: 'CANCEL' }
  /** It can't be true: nothing changes, a person must look. */
  | { readonly kind: 'INCIDENT'; readonly incident: IncidentKind };

const NOTHING: PaymentDecision = { kind: 'NOTHING' };

/**
 * Decides what a provider's word changes. Words come twice, late and out of order, so each is judged by the payment's
 * present state alone: money counts once, wherever it finds the payment; an unpaid end counts while PENDING only.
 * @param askedAfterHold whether this answers a question asked after the hold's end. Before it, unpaid is not the last
 * word: a payment that nobody cancelled stays PENDING.
 */
export function decideObservation(
  payment: Pick<Payment, 'status' | 'amount' | 'currency' | 'captured' | 'cancelRequestedAt'>,
  observation: PaymentObservation,
  askedAfterHold: boolean,
): PaymentDecision {
  if (observation.state === 'PAID') {
    if (observation.currency !== payment.currency) return { kind: 'INCIDENT', incident: 'WRONG_CURRENCY' };
    if (observation.amount !== payment.amount) return { kind: 'INCIDENT', incident: 'WRONG_AMOUNT' };
    return payment.captured > 0n ? NOTHING : { kind: 'COMPLETE' };
  }
  if (payment.status !== 'PENDING') return NOTHING;
  if (observation.state === 'DECLINED') return { kind: 'FAIL', reason: observation.reason };
  if (observation.state === 'OPEN') return NOTHING;
  if (payment.cancelRequestedAt !== null) return { kind: 'CANCEL' };
  return askedAfterHold ? { kind: 'EXPIRE' } : NOTHING;
}
