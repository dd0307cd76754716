import type { SaleState } from './saleState.js';

/** What an estimate rests on. */
export interface WaitBasis {
  /** People ahead; null before the draw, when anything from none to all is possible. */
  readonly ahead: number | null;
  readonly waiting: number;
  readonly maximumInCheckout: number;
  readonly admissionsPerMinute: number;
  readonly inCheckout: number;
  /** null while no checkout has ended. */
  readonly meanCheckoutMs: number | null;
  readonly saleState: SaleState;
  readonly paused: boolean;
  /** Seconds until the sale starts; 0 when it has. */
  readonly secondsToSale: number;
}

/** A range of time in whole seconds. */
export interface WaitRange {
  readonly from: number;
  readonly to: number;
}

/** How long a checkout takes when nothing has been seen yet: a quick one, and one that uses its whole time. */
const UNSEEN_SECONDS = { quick: 60, slow: 900 };

/**
 * How long it takes until a turn comes, as a range: those ahead at the pace of M a minute, and those who don't fit into
 * the free places at the pace at which checkouts have been ending, give or take.
 * @returns null when nobody can know: while paused, and while nothing can be bought.
 */
export function estimateWait(basis: WaitBasis): WaitRange | null {
  const { saleState, paused, ahead, waiting, secondsToSale, meanCheckoutMs } = basis;
  if (paused || (saleState !== 'AVAILABLE' && saleState !== 'NOT_ON_SALE')) return null;
  const mean = meanCheckoutMs === null ? null : meanCheckoutMs / 1000;
  const quick = mean === null ? UNSEEN_SECONDS.quick : mean * 0.7;
  const slow = mean === null ? UNSEEN_SECONDS.slow : mean * 1.5;
  const from = secondsToSale + secondsFor(ahead ?? 0, quick, basis);
  const to = secondsToSale + secondsFor(ahead ?? Math.max(0, waiting - 1), slow, basis);
  return { from: Math.floor(from), to: Math.max(Math.ceil(to), Math.floor(from) + 1) };
}

function secondsFor(ahead: number, checkoutSeconds: number, basis: WaitBasis): number {
  const { maximumInCheckout, admissionsPerMinute, inCheckout } = basis;
  const paced = (ahead * 60) / admissionsPerMinute;
  const free = Math.max(0, maximumInCheckout - inCheckout);
  const mustBeFreed = Math.max(0, ahead + 1 - free);
  return Math.max(paced, (mustBeFreed * checkoutSeconds) / maximumInCheckout);
}
