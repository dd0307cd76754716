import { createPool } from '@foyer/platform';
import { migrateDatabase } from '@foyer/prisma';
import { createJoiner } from '@foyer/waitroom/dist/joining/createJoiner.js';
import { createStore, type Store } from '@foyer/waitroom/dist/store/createStore.js';
import { joinGroup } from '@foyer/waitroom/dist/store/joinGroup.js';
import type { BenchOptions, BenchResult } from './benchResult.js';
import { newLine, OPEN, somebody } from './line.js';
import { benchLines } from './lines.js';
import { measureRate } from './measureRate.js';
import { percentile } from './percentile.js';

const POOL_SIZES = [1, 2, 4, 8, 16];
const CLIENTS = 2000;
const ROUNDS = 3;

/**
 * Joins per second of one line at the store: people who arrive together in one commit, against the very same statements
 * with a transaction for each person, with the best number of connections; then the same with many waiting already, and
 * what a position costs.
 */
export async function benchJoins(options: BenchOptions): Promise<BenchResult[]> {
  const { adminUrl, seconds, log } = options;
  const { href: url } = Object.assign(new URL(adminUrl), { pathname: `/waitroom_bench_${process.pid}` });
  await migrateDatabase(url, 'waitroom');
  let best = { connections: 1, rate: 0 };
  for (const connections of POOL_SIZES) {
    const rate = await withStore(url, connections, (store) => rateSingly(store, connections, seconds / 2));
    log(`one transaction per join, ${connections} connections: ${Math.round(rate)} joins/s`);
    if (rate > best.rate) best = { connections, rate };
  }
  const { connections } = best;
  const single: number[] = [];
  const grouped: number[] = [];
  // Both ways in turn, so that a slow moment of the machine meets both.
  for (let round = 0; round < ROUNDS; round += 1) {
    single.push(await withStore(url, connections, (store) => rateSingly(store, connections, seconds)));
    grouped.push(await withStore(url, 4, (store) => rateGrouped(store, seconds)));
    log(`${Math.round(grouped.at(-1) ?? 0)} joins/s grouped, ${Math.round(single.at(-1) ?? 0)} singly`);
  }
  const [value, baseline] = [percentile(grouped, 50), percentile(single, 50)];
  const note = `${CLIENTS} people at once, one line, from empty each time; baseline with its best of ${connections} connections`;
  return [
    { name: 'joins at the store', unit: 'joins/s', value, baseline, ratio: value / baseline, note },
    ...(await benchLines(options)),
  ];
}

async function rateSingly(store: Store, connections: number, seconds: number): Promise<number> {
  const eventId = await newLine(store);
  return measureRate(connections, seconds, async () => {
    const [place] = await store.change((sql) => joinGroup(sql, eventId, [somebody()], OPEN));
    if (place === undefined || 'refusal' in place) throw new Error('nobody may join');
  });
}

async function rateGrouped(store: Store, seconds: number): Promise<number> {
  const eventId = await newLine(store);
  const joiner = createJoiner(store, OPEN);
  return measureRate(CLIENTS, seconds, async () => {
    await joiner.join(eventId, somebody());
  });
}

async function withStore<Result>(
  url: string,
  max: number,
  work: (store: Store) => Promise<Result>,
): Promise<Result> {
  const pool = createPool(url, { max, applicationName: 'bench' });
  try {
    return await work(createStore(pool, () => undefined));
  } finally {
    await pool.end();
  }
}
