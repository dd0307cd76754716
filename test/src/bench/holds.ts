import { createOutbox } from '@foyer/kafka';
import { createPool, newId } from '@foyer/platform';
import { createHoldStore } from '@foyer/inventory/dist/store/createHoldStore.js';
import { createRestaurantCache } from '@foyer/inventory/dist/store/createRestaurantCache.js';
import { createRouter } from '@foyer/inventory/dist/store/createRouter.js';
import type { Pool } from 'pg';
import type { BenchResult } from './benchResult.js';
import { benchDatabase } from './benchDatabase.js';
import { holdSingly } from './holdSingly.js';
import { holdsByGraphql } from './holdsByGraphql.js';
import { measureRate } from './measureRate.js';

/** How the benchmark of holds is run. */
export interface BenchHoldsOptions {
  /** To a Postgres that makes commits durable, as an administrator. Default: an embedded one is started. */
  readonly adminUrl?: string;
  /** How long each figure is measured. Default 4. */
  readonly seconds?: number;
  /** Buyers who ask at once at the store. Default 2000: one group in flight while the next gathers. */
  readonly clients?: number;
  /** Buyers who ask at once through GraphQL. Default 500. */
  readonly graphqlClients?: number;
  /** Told what is being done. */
  readonly log?: (line: string) => void;
}

const POOL_SIZES = [1, 2, 4, 8, 16, 32];
const ROUNDS = 3;

/**
 * Complete holds per second on one hot offer, grouped against one transaction for each, on one Postgres in one run: at
 * the store, through the subgraph's GraphQL in-process, and over HTTP with one hold per request.
 */
export async function benchHolds(options: BenchHoldsOptions = {}): Promise<BenchResult[]> {
  const { seconds = 4, clients = 2000, graphqlClients = 500, log = () => undefined } = options;
  const database = await benchDatabase(options.adminUrl);
  try {
    const connections = await bestPoolSize(database.url, database.offerId, seconds, log);
    const store = await atTheStore(database.url, database.offerId, connections, clients, seconds, log);
    const byGraphql = await holdsByGraphql({
      ...database,
      connections,
      clients: graphqlClients,
      seconds,
      log,
    });
    return [store, ...byGraphql];
  } finally {
    await database.stop();
  }
}

/** The baseline's best number of connections. */
async function bestPoolSize(
  url: string,
  offerId: string,
  seconds: number,
  log: (line: string) => void,
): Promise<number> {
  let best = { connections: 1, rate: 0 };
  for (const connections of POOL_SIZES) {
    const rate = await withPool(url, connections, (pool) =>
      // More clients than connections would only wait in line for one.
      measureRate(connections, seconds / 2, singly(pool, offerId)),
    );
    log(`one transaction per hold, ${connections} connections: ${Math.round(rate)} holds/s`);
    if (rate > best.rate) best = { connections, rate };
  }
  return best.connections;
}

/** Both ways in turn, so that a slow moment of the machine meets both; the median of each. */
async function atTheStore(
  url: string,
  offerId: string,
  connections: number,
  clients: number,
  seconds: number,
  log: (line: string) => void,
): Promise<BenchResult> {
  const grouped: number[] = [];
  const single: number[] = [];
  for (let round = 0; round < ROUNDS; round += 1) {
    single.push(
      await withPool(url, connections, (pool) => measureRate(connections, seconds, singly(pool, offerId))),
    );
    grouped.push(await withPool(url, 8, (pool) => measureRate(clients, seconds, inGroups(pool, offerId))));
    log(
      `at the store: ${Math.round(grouped.at(-1) ?? 0)} holds/s grouped, ${Math.round(single.at(-1) ?? 0)} singly`,
    );
  }
  const [value, baseline] = [median(grouped), median(single)];
  const note = `${clients} buyers in groups on one connection; baseline with its best of ${connections} connections`;
  const ratio = value / baseline;
  return { name: 'holds at the store', unit: 'holds/s', value, baseline, ratio, aim: 'at least 20 ×', note };
}

function singly(pool: Pool, offerId: string): () => Promise<void> {
  const outbox = createOutbox('inventory');
  return async () => {
    await holdSingly(pool, outbox, { orderId: newId(), personId: newId(), offerId, quantity: 1 });
  };
}

function inGroups(pool: Pool, offerId: string): () => Promise<void> {
  const store = createHoldStore({
    pool,
    router: createRouter(pool),
    outbox: createOutbox('inventory'),
    rules: { holdSeconds: 900, waitlistOfferSeconds: 600, lowPercent: 10 },
    restaurants: createRestaurantCache(),
    onChanged: () => undefined,
    lanes: 4,
    maxGroup: 1000,
  });
  return async () => {
    const lines = [{ offerId, quantity: 1 }];
    const request = {
      kind: 'hold',
      orderId: newId(),
      personId: newId(),
      lines,
      accessCode: null,
      correlationId: null,
    } as const;
    const answer = await store.hold(request);
    if (answer.__typename !== 'OffersHeld') throw new Error(answer.message);
  };
}

async function withPool<Result>(
  url: string,
  max: number,
  work: (pool: Pool) => Promise<Result>,
): Promise<Result> {
  const pool = createPool(url, { max, applicationName: 'bench' });
  try {
    return await work(pool);
  } finally {
    await pool.end();
  }
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
