import { backOff } from './backOff.js';
import type { Payment } from './payment.js';

/** What a payment needs done with its provider now. */
export type AttentionStep =
  /** The provider has not answered to its creation: ask again, under the same id. */
  | 'CREATE'
  /** It shall not be paid any more: have the provider close it, and hear what it was. */
  | 'CLOSE'
  /** Ask how it is: a webhook may be lost. */
  | 'QUERY';

/** What a payment needs at an instant. */
export function attentionStep(payment: Payment, now: Date): AttentionStep {
  const { status, cancelRequestedAt, expiresAt, payUrl } = payment;
  if (status !== 'PENDING') return 'QUERY';
  if (cancelRequestedAt !== null) return 'CLOSE';
  // Also after the hold's end: closing ends with the provider's word on whether it was paid.
  if (now >= expiresAt) return 'CLOSE';
  return payUrl === null ? 'CREATE' : 'QUERY';
}

const SECOND = 1000;
const HOUR = 60 * 60 * SECOND;
/** How long after its end a payment is still asked about, for money that came late and whose webhook was lost. */
const WATCH = 24 * HOUR;

/**
 * When a payment next needs looking after; null when nothing is expected any more.
 * @param reconcileMs first interval at which the provider is asked about an open payment; it grows with its age.
 */
export function nextAttention(payment: Payment, now: Date, reconcileMs: number): Date | null {
  const { status, attempts, cancelRequestedAt, createdAt, changedAt, expiresAt, holdExpiresAt } = payment;
  const time = now.getTime();
  const after = (milliseconds: number): Date => new Date(time + milliseconds);
  if (status === 'PENDING') {
    const retry = cancelRequestedAt !== null || time >= holdExpiresAt.getTime() || attempts > 0;
    if (retry) return after(backOff(Math.max(1, attempts), SECOND, 60 * SECOND));
    const next = time + clamp(time - createdAt.getTime(), reconcileMs, 10 * reconcileMs);
    const events = [expiresAt, holdExpiresAt]
      .map((instant) => instant.getTime())
      .filter((instant) => instant > time);
    return new Date(Math.min(next, ...events));
  }
  const unpaid = status === 'FAILED' || status === 'EXPIRED' || status === 'CANCELLED';
  const age = time - changedAt.getTime();
  return unpaid && age < WATCH ? after(clamp(age, 60 * SECOND, HOUR)) : null;
}

function clamp(value: number, least: number, most: number): number {
  return Math.min(most, Math.max(least, value));
}
