import { invariant } from '@foyer/platform/domain';

/**
 * Where money stands. `PROVIDER_CLEARING` is all that providers took in, `REFUNDS` all that was given back, each only
 * ever growing; between them money is in `SUSPENSE` until it is known whose it is, then `ORGANIZATION_PAYABLE`.
 */
export type LedgerAccount = 'PROVIDER_CLEARING' | 'SUSPENSE' | 'ORGANIZATION_PAYABLE' | 'REFUNDS';

/** One line of a movement: a debit when positive, a credit when negative; minor units. */
export interface LedgerEntry {
  readonly account: LedgerAccount;
  readonly amount: bigint;
}

/** Where the money of an order stands. */
export interface OrderBalance {
  readonly suspense: bigint;
  readonly payable: bigint;
}

/** A movement and where the order's money stands after it. */
export interface Movement {
  readonly entries: readonly LedgerEntry[];
  readonly balance: OrderBalance;
}

/** Money came in. Nobody knows yet whose it is. */
export function captureMovement({ suspense, payable }: OrderBalance, amount: bigint): Movement {
  return movement({ suspense: suspense + amount, payable }, [
    { account: 'PROVIDER_CLEARING', amount },
    { account: 'SUSPENSE', amount: -amount },
  ]);
}

/**
 * The order is completed: its money is the organization's. At most its total, for a second capture is not; at most what
 * is in suspense, for some may have been given back before we heard.
 * @returns null when there is nothing to move.
 */
export function allocationMovement({ suspense, payable }: OrderBalance, total: bigint): Movement | null {
  const amount = suspense < total ? suspense : total;
  if (amount === 0n) return null;
  return movement({ suspense: suspense - amount, payable: payable + amount }, [
    { account: 'SUSPENSE', amount },
    { account: 'ORGANIZATION_PAYABLE', amount: -amount },
  ]);
}

/**
 * Money went back: first what is in suspense, which is nobody's, then what the organization is owed. Whichever of an
 * order's two captures is given back, the other's money ends where it belongs.
 */
export function refundMovement({ suspense, payable }: OrderBalance, amount: bigint): Movement {
  const fromSuspense = suspense < amount ? suspense : amount;
  const fromPayable = amount - fromSuspense;
  return movement({ suspense: suspense - fromSuspense, payable: payable - fromPayable }, [
    { account: 'SUSPENSE', amount: fromSuspense },
    { account: 'ORGANIZATION_PAYABLE', amount: fromPayable },
    { account: 'REFUNDS', amount: -amount },
  ]);
}

function movement(balance: OrderBalance, entries: readonly LedgerEntry[]): Movement {
  invariant(balance.suspense >= 0n && balance.payable >= 0n, 'more money would leave an order than it has');
  return { balance, entries: entries.filter(({ amount }) => amount !== 0n) };
}
