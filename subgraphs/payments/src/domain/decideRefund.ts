import type { IncidentKind, RefundObservation } from './observation.js';
import type { Refund } from './payment.js';

/** What follows from what a provider said of a refund. */
export type RefundDecision =
  /** Wait: it is under way, or to be asked for again. */
  | { readonly kind: 'WAIT' }
  /** It is settled already. */
  | { readonly kind: 'NOTHING' }
  | { readonly kind: 'SUCCEED' }
  | { readonly kind: 'FAIL'; readonly reason: string }
  /** It can't be true: nothing changes, a person must look. */
  | { readonly kind: 'INCIDENT'; readonly incident: IncidentKind };

/** Decides what a provider's word on a refund changes. The first end counts; a later, other one is an incident. */
export function decideRefund(
  refund: Pick<Refund, 'status' | 'amount'>,
  currency: string,
  observation: RefundObservation,
): RefundDecision {
  if (observation.state === 'SUCCEEDED') {
    if (refund.status === 'FAILED') return { kind: 'INCIDENT', incident: 'REFUND_AFTER_FAILURE' };
    const other = observation.amount !== refund.amount || observation.currency !== currency;
    if (other) return { kind: 'INCIDENT', incident: 'WRONG_REFUND' };
    return refund.status === 'SUCCEEDED' ? { kind: 'NOTHING' } : { kind: 'SUCCEED' };
  }
  if (refund.status !== 'REQUESTED') return { kind: 'NOTHING' };
  return observation.state === 'FAILED' ? { kind: 'FAIL', reason: observation.reason } : { kind: 'WAIT' };
}
