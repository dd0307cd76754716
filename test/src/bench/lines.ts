import { createPool } from '@foyer/platform';
import { migrateDatabase } from '@foyer/prisma';
import { createJoiner } from '@foyer/waitroom/dist/joining/createJoiner.js';
import { createStore, type Store } from '@foyer/waitroom/dist/store/createStore.js';
import { joinGroup } from '@foyer/waitroom/dist/store/joinGroup.js';
import type { BenchOptions, BenchResult } from './benchResult.js';
import { newLine, OPEN, somebody } from './line.js';
import { measureRate } from './measureRate.js';
import { percentile } from './percentile.js';
import { benchPositions } from './positions.js';

const CONNECTIONS = 4;
const CLIENTS = 2000;
const GROUP = 2000;
const ROUNDS = 3;
const WAITING = [1000, 100_000, 1_000_000];
/** So long before now that the sale has begun and nobody is drawn. */
const SALE_STARTS = -60;

/** A line with people in it, in a database of its own: the others' rows are not in its tables. */
interface FilledLine {
  readonly waiting: number;
  readonly store: Store;
  readonly eventId: string;
  readonly rates: number[];
  close(): Promise<void>;
}

/**
 * What a join costs when so many wait already, the lines measured in turn so that a slow moment of the machine meets
 * all of them; and what a position costs.
 */
export async function benchLines(options: BenchOptions): Promise<readonly BenchResult[]> {
  const lines: FilledLine[] = [];
  try {
    for (const waiting of WAITING) lines.push(await fill(options.adminUrl, waiting));
    const positions: BenchResult[] = [];
    for (const { store, eventId, waiting } of lines)
      positions.push(await benchPositions(store, eventId, waiting, options.seconds / 2));
    for (let round = 0; round < ROUNDS; round += 1) {
      for (const line of lines) line.rates.push(await rateJoins(line, options.seconds));
    }
    const baseline = percentile(lines[0]?.rates ?? [], 50);
    return [...lines.map((line) => costOf(line, baseline, options)), ...positions];
  } finally {
    for (const line of lines) await line.close();
  }
}

function costOf({ waiting, rates }: FilledLine, baseline: number, { log }: BenchOptions): BenchResult {
  const rate = percentile(rates, 50);
  const people = waiting.toLocaleString('en-US');
  log(`${people} waiting: ${Math.round(rate)} joins/s, of ${rates.map(Math.round).join(', ')}`);
  const note = `${CLIENTS} people at once, the line growing from ${people}, the median of ${ROUNDS} in turn`;
  const result = { name: `a join with ${people} waiting`, unit: 'µs', value: 1e6 / rate };
  if (waiting === WAITING[0]) return { ...result, baseline: null, ratio: null, note };
  const aim = 'within 1.5 ×';
  return { ...result, baseline: 1e6 / baseline, ratio: baseline / rate, aim, note };
}

async function fill(adminUrl: string, waiting: number): Promise<FilledLine> {
  const url = Object.assign(new URL(adminUrl), {
    pathname: `/waitroom_bench_${process.pid}_${waiting}`,
  }).href;
  await migrateDatabase(url, 'waitroom');
  const pool = createPool(url, { max: CONNECTIONS, applicationName: 'bench' });
  const store = createStore(pool, () => undefined);
  const eventId = await newLine(store, SALE_STARTS);
  for (let joined = 0; joined < waiting; joined += GROUP) {
    const requests = Array.from({ length: Math.min(GROUP, waiting - joined) }, somebody);
    await store.transaction((sql) => joinGroup(sql, eventId, requests, OPEN));
  }
  return { waiting, store, eventId, rates: [], close: () => pool.end() };
}

function rateJoins({ store, eventId }: FilledLine, seconds: number): Promise<number> {
  const joiner = createJoiner(store, OPEN);
  return measureRate(CLIENTS, seconds, async () => {
    await joiner.join(eventId, somebody());
  });
}
