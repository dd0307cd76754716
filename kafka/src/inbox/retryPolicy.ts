/** How often and when an event that failed is tried again before it is dead. */
export interface RetryPolicy {
  /** Tries in all, the first one included. */
  readonly tries: number;
  /** After the first failure, in milliseconds; doubled after every further one. */
  readonly firstDelay: number;
  /** In milliseconds. */
  readonly longestDelay: number;
}

/** About two minutes in all. */
export const DEFAULT_RETRY_POLICY: RetryPolicy = { tries: 12, firstDelay: 100, longestDelay: 30_000 };

/** Milliseconds until the next try after so many failed ones; null when there is none. */
export function retryDelay({ tries, firstDelay, longestDelay }: RetryPolicy, failed: number): number | null {
  return failed >= tries ? null : Math.min(firstDelay * 2 ** (failed - 1), longestDelay);
}

/** Processes that ended while they handled an event alone, one after the other, before it counts as poison. */
export const DEATHS_OF_POISON = 3;
