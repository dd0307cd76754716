import { createJob, type Job, type Log } from '@foyer/platform';
import type { Pool } from 'pg';
import { reconcile, type Drift } from './reconcile.js';

/** Watches over the counters. A drift is for a person to look at; the sale goes on. */
export interface Reconciler {
  /** Compares now. */
  readonly reconcile: () => Promise<readonly Drift[]>;
  /** Compares from time to time, and logs what drifts. */
  readonly job: Job;
}

/** A reconciler. @param seconds between two comparisons. */
export function createReconciler(pool: Pool, seconds: number, log: Log): Reconciler {
  const compare = async (): Promise<readonly Drift[]> => {
    const drift = await reconcile(pool);
    if (drift.length > 0) log.error({ drift }, 'counters do not agree with the holds behind them');
    return drift;
  };
  return {
    reconcile: compare,
    job: createJob({ name: 'reconcile', everyMs: seconds * 1000, run: compare, log }),
  };
}
