import type { Environment } from '@foyer/platform';
import type { Rules } from './domain/rules.js';

/** The inventory's settings. */
export interface InventoryConfiguration {
  /**
   * `INVENTORY_HOLD_SECONDS`: how long a hold lasts; default 900. `INVENTORY_WAITLIST_OFFER_SECONDS`: how long a table
   * is held for whoever waited for it; default 600. `INVENTORY_LOW_PERCENT`: share of an offer's total at
   * which it is LOW; default 10.
   */
  readonly rules: Rules;
  /** `INVENTORY_LANES`: groups of holds in flight at once, each with a connection; default 4. */
  readonly lanes: number;
  /** `INVENTORY_MAX_GROUP`: the most requests decided under one lock and commit; default 1000. */
  readonly maxGroup: number;
  /** `INVENTORY_POOL_SIZE`: connections to the database, lanes included; default 10. */
  readonly poolSize: number;
  /** `INVENTORY_CODE_ATTEMPTS`: wrong access codes that a person may show in ten minutes; default 20. */
  readonly codeAttempts: number;
  /** `INVENTORY_SWEEP_MS`: between two looks for what has run out, in milliseconds; default 1000. */
  readonly sweepMs: number;
  /** `INVENTORY_TELL_TABLES_MS`: least time between two tellings of what is free on a day, in milliseconds; default 1000. */
  readonly tellTablesMs: number;
  /** `INVENTORY_RECONCILE_SECONDS`: between two comparisons of counters with holds; default 300. */
  readonly reconcileSeconds: number;
  /** `INVENTORY_PUSH_MS`: least time between two values of an `availability` subscription; default 250. */
  readonly pushMs: number;
  /** `INVENTORY_POLL_MS`: between two looks for what other processes have changed of what is watched; default 500. */
  readonly pollMs: number;
}

/** Reads the inventory's settings. @throws ConfigurationError naming a variable that is wrong. */
export function readConfiguration(environment: Environment): InventoryConfiguration {
  const lanes = environment.integer('INVENTORY_LANES', 4, { minimum: 1, maximum: 64 });
  return {
    rules: {
      holdSeconds: environment.integer('INVENTORY_HOLD_SECONDS', 15 * 60, {
        minimum: 1,
        maximum: 24 * 60 * 60,
      }),
      waitlistOfferSeconds: environment.integer('INVENTORY_WAITLIST_OFFER_SECONDS', 10 * 60, {
        minimum: 1,
        maximum: 24 * 60 * 60,
      }),
      lowPercent: environment.integer('INVENTORY_LOW_PERCENT', 10, { maximum: 100 }),
    },
    lanes,
    maxGroup: environment.integer('INVENTORY_MAX_GROUP', 1000, { minimum: 1, maximum: 10_000 }),
    poolSize: environment.integer('INVENTORY_POOL_SIZE', lanes + 6, { minimum: lanes + 1, maximum: 200 }),
    codeAttempts: environment.integer('INVENTORY_CODE_ATTEMPTS', 20, { minimum: 1, maximum: 10_000 }),
    sweepMs: environment.integer('INVENTORY_SWEEP_MS', 1000, { minimum: 10, maximum: 60_000 }),
    tellTablesMs: environment.integer('INVENTORY_TELL_TABLES_MS', 1000, { minimum: 10, maximum: 60_000 }),
    reconcileSeconds: environment.integer('INVENTORY_RECONCILE_SECONDS', 300, {
      minimum: 1,
      maximum: 24 * 60 * 60,
    }),
    pushMs: environment.integer('INVENTORY_PUSH_MS', 250, { maximum: 10_000 }),
    pollMs: environment.integer('INVENTORY_POLL_MS', 500, { minimum: 50, maximum: 10_000 }),
  };
}
