import { availableParallelism } from 'node:os';
import { checkInvariants } from '../harness/checkInvariants.js';
import { observe, type Observer } from '../harness/quiet.js';
import { newEventOnSale, newPerson, type OnSale, type Person, type Stage } from '../harness/story.js';
import type { BenchOptions, BenchResult } from './benchResult.js';
import { startBenchSystem } from './benchSystem.js';
import type { LoadJob } from './load/loadOrder.js';
import { startLoad, type Load } from './load/startLoad.js';
import { waitQuietly } from './waitQuietly.js';

const PEOPLE = 128;
const LEVELS = [8, 24, 64] as const;
const PRICE = 2500;
const PATIENCE_MS = 120_000;

/** One way of buying. */
export interface Way {
  readonly name: string;
  readonly price: number;
  readonly waitroom: boolean;
  readonly levels: readonly number[];
  readonly note: string;
}

/** How people buy. */
export const WAYS: readonly Way[] = [
  { name: 'purchases of a free ticket', price: 0, waitroom: false, levels: LEVELS, note: 'placeOrder' },
  {
    name: 'purchases with payment',
    price: PRICE,
    waitroom: false,
    levels: LEVELS,
    note: 'placeOrder, pay page, its form, webhook over HTTP',
  },
  {
    name: 'purchases with payment through the waiting room',
    price: PRICE,
    waitroom: true,
    levels: [24],
    note: 'joinWaitroom, queuePosition over a WebSocket of their own, then as above',
  },
];

/** A system with people who can buy. */
export interface Bench {
  readonly system: Stage;
  readonly load: Load;
  readonly observer: Observer;
  readonly organizer: Person;
  readonly tokens: readonly string[];
  readonly options: BenchOptions;
}

/**
 * Whole purchases per second through the endpoint of the one-process system. Only orders that the database says are
 * COMPLETED count, over the time from the first one's placing to the last one's completion. The baseline is how often
 * the same clients can read one field of an event through the same endpoint.
 */
export async function benchPurchases(options: BenchOptions): Promise<BenchResult[]> {
  const system = await startBenchSystem(options.adminUrl);
  try {
    return await withBuyers(system, options, async (bench) => {
      const baseline = await measureReads(bench);
      const results: BenchResult[] = [];
      for (const way of WAYS) results.push(describe(way, await bestOf(bench, way), baseline));
      return results;
    });
  } finally {
    await system.stop();
  }
}

/** Has people made who buy, and measures; the invariants must hold afterwards. */
export async function withBuyers<Result>(
  system: Stage,
  options: BenchOptions,
  measure: (bench: Bench) => Promise<Result>,
): Promise<Result> {
  const load = startLoad();
  const observer = await observe(system.variables);
  try {
    const organizer = await newPerson(system, 'Organizer');
    const buyers = await Promise.all(Array.from({ length: PEOPLE }, () => newPerson(system, 'Buyer')));
    const bench = { system, load, observer, organizer, tokens: buyers.map(({ token }) => token), options };
    // Warm: the first seconds of a process are spent on compiling it.
    await measurePurchases(bench, { name: 'warm-up', price: PRICE, waitroom: true, levels: [], note: '' }, 8);
    const result = await measure(bench);
    const faults = await checkInvariants(system.variables, PATIENCE_MS);
    if (faults.length > 0) throw new Error(`the invariants do not hold: ${faults.join('; ')}`);
    return result;
  } finally {
    await load.stop();
    await observer.close();
  }
}

/** The most that one way of buying reached, and with how many people at once. */
export async function bestOf(bench: Bench, way: Way): Promise<Purchases & { readonly clients: number }> {
  let best = { rate: 0, settled: 0, cpuMs: 0, clients: 0 };
  for (const clients of way.levels) {
    const measured = await measurePurchases(bench, way, clients);
    if (measured.rate > best.rate) best = { ...measured, clients };
  }
  return best;
}

function describe(
  way: Way,
  { rate, settled, cpuMs, clients }: Purchases & { readonly clients: number },
  baseline: number,
): BenchResult {
  const note =
    `${way.note}; ${clients} people at once, the best of ${way.levels.join(', ')}, in a process of their own on the ` +
    `same ${availableParallelism()} cores; ${settled.toFixed(0)}/s counted until mails and all copies are done, too; ${cpuMs.toFixed(1)} ms of CPU of the ` +
    `system’s process each; ` +
    'baseline: one field of one event';
  return { name: way.name, unit: 'orders/s', value: rate, baseline, ratio: rate / baseline, note };
}

async function measureReads(bench: Bench): Promise<number> {
  const offer = await newEventOnSale(bench.system, bench.organizer);
  let best = 0;
  for (const clients of [8, ...LEVELS]) {
    const { done, seconds } = await run(bench, 'read', offer, { amount: 0, currency: 'USD' }, clients);
    bench.options.log(`reads, ${clients} at once: ${Math.round(done / seconds)}/s`);
    best = Math.max(best, done / seconds);
  }
  return best;
}

/** How purchases went. */
export interface Purchases {
  /** Completed orders per second. */
  readonly rate: number;
  /** The same, counted until nothing is left to do anywhere. */
  readonly settled: number;
  /** Processor time of the system's own process for one order, all that follows from it included, in milliseconds. */
  readonly cpuMs: number;
}

async function measurePurchases(
  bench: Bench,
  { name, price, waitroom }: Way,
  clients: number,
): Promise<Purchases> {
  const { system, organizer, observer, options } = bench;
  const offer = await newEventOnSale(system, organizer, {
    total: 100_000,
    price,
    limitPerPerson: 100,
    ...(waitroom && { waitroom: { maximumInCheckout: 1000, admissionsPerMinute: 100_000 } }),
  });
  const total = await totalOf(organizer, offer);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { done, failed, failure } = await run(bench, waitroom ? 'line' : 'buy', offer, total, clients);
  const { orders } = observer.databases;
  const pending = `select 1 from orders where event_id = $1 and status = 'PENDING' limit 1`;
  await waitQuietly(
    'the end of every order',
    async () => (await orders.query(pending, [offer.eventId])).length === 0,
  );
  await waitQuietly('quiet', async () => (await observer.underWay()).length === 0);
  const settledSeconds = (performance.now() - started) / 1000;
  const { user, system: kernel } = process.cpuUsage(cpu);
  const [counted] = await orders.query<{ completed: number; seconds: number }>(
    `select count(*)::int as completed, extract(epoch from max(c.at) - min(o.placed_at))::float8 as seconds
     from orders o join order_change c on c.order_id = o.id and c.kind = 'COMPLETED'
     where o.event_id = $1 and o.status = 'COMPLETED'`,
    [offer.eventId],
  );
  const { completed, seconds } = counted ?? { completed: 0, seconds: 0 };
  const rate = completed === 0 ? 0 : completed / seconds;
  const cpuMs = (user + kernel) / 1000 / completed;
  options.log(
    `${name}, ${clients} at once: ${rate.toFixed(0)}/s (${completed} completed in ${seconds.toFixed(1)} s, ` +
      `${cpuMs.toFixed(1)} ms of CPU each; ${done} done and ${failed} failed for the clients${failure === null ? '' : `, first: ${failure}`})`,
  );
  return { rate, settled: completed / settledSeconds, cpuMs };
}

function run(bench: Bench, job: LoadJob, offer: OnSale, total: Total, clients: number) {
  const { load, system, tokens, options } = bench;
  const { eventId, offerId } = offer;
  const { seconds } = options;
  const { endpoint } = system;
  return load.run({ job, endpoint, tokens, eventId, offerId, total, clients, seconds, perSecond: null });
}

interface Total {
  readonly amount: number;
  readonly currency: string;
}

async function totalOf(person: Person, { offerId }: OnSale): Promise<Total> {
  const { total } = await person.ask<{ total: Total }>(
    `query ($lines: [OrderLineInput!]!) { answer: quoteOrder(lines: $lines) { total { amount currency } } }`,
    { lines: [{ offerId, quantity: 1 }] },
  );
  return total;
}
