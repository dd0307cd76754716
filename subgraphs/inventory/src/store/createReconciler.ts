import { createJob, type Job, type Log } from '@foyer/platform';
import type { Pool } from 'pg';
import { reconcile, type Drift } from './reconcile.js';

/** Watches over the counters. */
export interface Reconciler {
  /** Compares now. */
  readonly reconcile: () => Promise<readonly Drift[]>;
  /** Compares from time to time, and logs what drifts. */
  readonly job: Job;
  /** Rejects when the last comparison found something. */
  readonly health: () => Promise<void>;
}

/** A reconciler. @param seconds between two comparisons. */
export function createReconciler(pool: Pool, seconds: number, log: Log): Reconciler {
  let last: readonly Drift[] = [];
  const compare = async (): Promise<readonly Drift[]> => {
    last = await reconcile(pool);
    if (last.length > 0) log.error({ drift: last }, 'counters do not agree with the holds behind them');
    return last;
  };
  return {
    reconcile: compare,
    job: createJob({ name: 'reconcile', everyMs: seconds * 1000, run: compare, log }),
    health: async () => {
      if (last.length > 0) throw new Error(`${last.length} counters drift; ask for inventoryDrift`);
    },
  };
}
