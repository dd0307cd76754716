import { benchDistributed } from './distributed.js';
import { benchEvents } from './events.js';
import { benchHolds } from './holds.js';
import { benchJoins } from './joins.js';
import type { BenchOptions, BenchResult } from './benchResult.js';
import { benchPurchases } from './purchases.js';
import { benchStart } from './start.js';
import { benchTables } from './tables/benchTables.js';

/** A benchmark that can be asked for by name. */
export interface Benchmark {
  /** What it shows, for the head of its figures. */
  readonly about: string;
  /** How long each figure is measured. */
  readonly seconds: number;
  readonly run: (options: BenchOptions) => Promise<BenchResult[]>;
}

/** Every benchmark. */
export const BENCHMARKS: Readonly<Record<string, Benchmark>> = {
  holds: {
    about:
      'Complete holds on one hot offer: limit per person, hold, line, counters, outbox, idempotency. Grouped as Foyer does it, against the same work in one transaction per hold, its statements prepared and its pool tuned.',
    seconds: 4,
    run: benchHolds,
  },
  joins: {
    about: 'Joining the line of one event.',
    seconds: 4,
    run: benchJoins,
  },
  purchases: {
    about:
      'Whole purchases through the one endpoint, gateway and all subgraphs in one process: real people with tokens of their own over HTTP, until the order is COMPLETED in the database. The invariants are checked afterwards.',
    seconds: 5,
    run: benchPurchases,
  },
  distributed: {
    about:
      'The same purchases when every subgraph and the gateway run as processes of their own (two of inventory, orders, waitroom and gateway) on Kafka and Redis, against all in one process. On one machine this shows what distance costs, not what more machines give.',
    seconds: 5,
    run: benchDistributed,
  },
  events: {
    about: 'From the commit in one subgraph to the commit of what the next ones do with the event.',
    seconds: 5,
    run: benchEvents,
  },
  tables: {
    about:
      'Tables: searching for a free one, from a thousand restaurants within 20 km to a hundred thousand. Baseline: a row for each free beginning, indexed both ways, joined.',
    seconds: 5,
    run: benchTables,
  },
  start: {
    about:
      '`npm start` when already built, and the memory of the whole when nobody asks anything, Postgres included.',
    seconds: 0,
    run: benchStart,
  },
};
