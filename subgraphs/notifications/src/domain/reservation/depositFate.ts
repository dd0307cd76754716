import type { Reservation } from './reservation.js';

/** What becomes of a deposit: there is none, all of it goes back, or `percent` of it is kept. */
export type DepositFate =
  { readonly kind: 'NONE' } | { readonly kind: 'BACK' } | { readonly kind: 'KEPT'; readonly percent: number };

const NONE: DepositFate = { kind: 'NONE' };
const BACK: DepositFate = { kind: 'BACK' };

/**
 * What becomes of the deposit of a reservation that was cancelled or missed, as agreed when it was booked. How much money
 * that is, the refund itself tells.
 * @param held whether it stood confirmed before, so that a deposit was paid.
 * @param at when it was cancelled.
 */
export function depositFate({ policy, status, reason }: Reservation, held: boolean, at: Date): DepositFate {
  if (!policy || policy.deposit.amount === 0) return NONE;
  // The money came, but too late: nothing ever stood.
  if (reason === 'TABLE_GONE') return BACK;
  if (!held) return NONE;
  if (status === 'NO_SHOW') return { kind: 'KEPT', percent: 100 };
  if (reason !== 'BY_GUEST' || at < new Date(policy.freeUntil) || policy.thenPercent === 0) return BACK;
  return { kind: 'KEPT', percent: policy.thenPercent };
}
