import { brokerAvailable } from '@foyer/kafka/broker';
import { SUBGRAPH_NAMES, type SubgraphName } from '@foyer/platform';
import { observe, quiet, type Databases } from '../harness/quiet.js';
import { newPerson } from '../harness/story.js';
import type { BenchOptions, BenchResult } from './benchResult.js';
import { startBenchSystem } from './benchSystem.js';
import { benchDelivery } from './delivery.js';
import type { DeliveryEngine } from './deliveryBus.js';
import { startLoad } from './load/startLoad.js';
import { measureCommits } from './measureCommits.js';
import { percentile } from './percentile.js';

/** Subgraphs that keep a copy of organizations. */
const READERS = [
  'inventory',
  'catalog',
  'orders',
  'payments',
  'waitroom',
] as const satisfies readonly SubgraphName[];

/** Each organization is two events: that it is there, and who owns it. */
const EVENTS_EACH = 2;
const PER_SECOND = 200;
/** One far from what two cores can do with every subgraph in one process, and one near it. */
const RATES = [50, PER_SECOND / 2];
/** Who publishes, and the next; and more at once than any event of ours has. */
const TWO = ['users', 'inventory'] as const;
const ALL = [
  'users',
  'inventory',
  ...SUBGRAPH_NAMES.slice(1).filter((name) => name !== 'inventory'),
] as const;
const PEOPLE = 100;

/**
 * From a commit to the next subgraph's state change: in the whole system in one process, with people making
 * organizations through the endpoint at a fixed rate, and in the bus alone (benchDelivery), on both of its adapters.
 *
 * Nobody waits or looks while it runs: Postgres itself notes when each row was committed, in the publishing and in the
 * reading database alike, and both are read afterwards.
 */
export async function benchEvents(options: BenchOptions): Promise<BenchResult[]> {
  const inSystem = await measureSystem(options);
  const engines: readonly DeliveryEngine[] = brokerAvailable()
    ? ['Postgres log', 'Apache Kafka']
    : ['Postgres log'];
  const alone: BenchResult[] = [];
  for (const engine of engines) {
    const common = { ...options, engine, events: Math.round(1000 * options.seconds) };
    alone.push(
      ...(await benchDelivery({ ...common, parts: TWO, rate: PER_SECOND, aim: 'under 100 ms' })),
      ...(await benchDelivery({ ...common, parts: ALL, rate: PER_SECOND / 2 })),
    );
  }
  return [...inSystem, ...alone];
}

async function measureSystem({ adminUrl, seconds, log }: BenchOptions): Promise<BenchResult[]> {
  const commit = await measureCommits(adminUrl, Math.min(seconds, 2));
  const system = await startBenchSystem(adminUrl);
  const load = startLoad();
  const { databases, close } = await observe(system.variables);
  try {
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => newPerson(system, 'Founder')));
    const tokens = people.map(({ token }) => token);
    const make = (rate: number, forSeconds: number) =>
      load.run({
        ...{
          job: 'organization',
          endpoint: system.endpoint,
          tokens,
          eventId: '',
          offerId: '',
          clients: PEOPLE,
        },
        total: { amount: 0, currency: 'USD' },
        seconds: forSeconds,
        perSecond: rate / EVENTS_EACH,
      });
    await make(PER_SECOND / 2, 5);
    const results: BenchResult[] = [];
    for (const rate of RATES) {
      await quiet(system.variables);
      const [begun] = await databases.users.query<{ now: Date }>(`select clock_timestamp() as now`);
      const { done, failed, failure, seconds: took } = await make(rate, 2 * seconds);
      if (failed > 0) throw new Error(`${failed} organizations could not be made, first: ${failure ?? ''}`);
      await quiet(system.variables);
      const since = begun?.now ?? new Date(0);
      const [first, last] = [
        await latencies(databases, since, ['inventory']),
        await latencies(databases, since, READERS),
      ];
      const reached = Math.round((done * EVENTS_EACH) / took);
      const [median, slow, slowest] = [percentile(first, 50), percentile(first, 99), percentile(last, 99)];
      log(
        `${reached} events/s: p50 ${median.toFixed(1)}, p99 ${slow.toFixed(1)}, p99 of all ${slowest.toFixed(1)} ms`,
      );
      const note =
        `${reached} events/s from ${done} organizations made through the endpoint by people in a process of their own; ` +
        'times of the commits as Postgres noted them; baseline: a durable commit of one row, nothing else going on';
      const figure = (of: string, value: number, baseline: number): BenchResult => ({
        ...{ name: `whole system, ${rate} events/s: commit to ${of}`, unit: 'ms', value, baseline, note },
        ratio: value / baseline,
      });
      results.push(
        figure('the inventory’s copy, p50', median, commit.medianMs),
        figure('the inventory’s copy, p99', slow, commit.p99Ms),
        figure(`the last of ${READERS.length} subgraphs’ copies, p99`, slowest, commit.p99Ms),
      );
    }
    return results;
  } finally {
    await load.stop();
    await close();
    await system.stop();
  }
}

/** Per organization, from its commit to that of the last of these subgraphs' copies, in milliseconds. */
async function latencies(
  databases: Databases,
  since: Date,
  readers: readonly (typeof READERS)[number][],
): Promise<readonly number[]> {
  const made = await committed(
    databases,
    'users',
    `select id, xmin from organization where created_at >= $1`,
    [since],
  );
  const copies = await Promise.all(
    readers.map((name) =>
      committed(databases, name, `select organization_id as id, xmin from copies.organization`, []),
    ),
  );
  return [...made].map(([id, at]) => {
    const last = Math.max(...copies.map((copy) => copy.get(id) ?? Infinity));
    return last - at;
  });
}

/** When the rows were committed that a statement gives as `id, xmin`, in milliseconds. */
async function committed(
  databases: Databases,
  name: keyof Databases,
  rows: string,
  values: readonly unknown[],
): Promise<ReadonlyMap<string, number>> {
  const found = await databases[name].query<{ id: string; at: number }>(
    `select id, extract(epoch from pg_xact_commit_timestamp(xmin))::float8 * 1000 as at from (${rows}) as r`,
    [...values],
  );
  return new Map(found.map(({ id, at }) => [id, at]));
}
