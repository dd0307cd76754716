import type { SubgraphName } from '@foyer/platform';
import { observe, quiet, type Databases } from '../harness/quiet.js';
import { newPerson } from '../harness/story.js';
import type { BenchOptions, BenchResult } from './benchResult.js';
import { startBenchSystem } from './benchSystem.js';
import { benchDelivery } from './delivery.js';
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
const PEOPLE = 100;

/**
 * From a commit to the next subgraph's state change: in the whole system in one process, with people making
 * organizations through the endpoint at a fixed rate, and in the bus alone (benchDelivery).
 *
 * Nobody waits or looks while it runs: Postgres itself notes when each row was committed, in the publishing and in the
 * reading database alike, and both are read afterwards.
 */
export async function benchEvents(options: BenchOptions): Promise<BenchResult[]> {
  const inSystem = await measureSystem(options);
  const alone = await benchDelivery({
    ...options,
    rate: PER_SECOND,
    events: Math.round(1000 * options.seconds),
  });
  return [...inSystem, ...alone.map((result) => ({ ...result, name: `bus alone: ${result.name}` }))];
}

async function measureSystem({ adminUrl, seconds, log }: BenchOptions): Promise<BenchResult[]> {
  const commit = await measureCommits(adminUrl, Math.min(seconds, 2));
  const system = await startBenchSystem(adminUrl);
  const load = startLoad();
  const { databases, close } = await observe(system.variables);
  try {
    const people = await Promise.all(Array.from({ length: PEOPLE }, () => newPerson(system, 'Founder')));
    const make = (forSeconds: number) =>
      load.run({
        job: 'organization',
        endpoint: system.endpoint,
        tokens: people.map(({ token }) => token),
        eventId: '',
        offerId: '',
        total: { amount: 0, currency: 'USD' },
        clients: PEOPLE,
        seconds: forSeconds,
        perSecond: PER_SECOND / EVENTS_EACH,
      });
    await make(5);
    await quiet(system.variables);
    const [warm] = await databases.users.query<{ now: Date }>(`select clock_timestamp() as now`);
    const { done, failed, failure, seconds: took } = await make(2 * seconds);
    if (failed > 0) throw new Error(`${failed} organizations could not be made, first: ${failure ?? ''}`);
    await quiet(system.variables, 60_000);
    const rate = Math.round((done * EVENTS_EACH) / took);
    const first = await latencies(databases, warm?.now ?? new Date(0), ['inventory']);
    const all = await latencies(databases, warm?.now ?? new Date(0), READERS);
    log(
      `${rate} events/s: inventory p50 ${percentile(first, 50).toFixed(1)}, p99 ${percentile(first, 99).toFixed(1)} ms`,
    );
    const note =
      `${rate} events/s from ${done} organizations made through the endpoint by people in a process of their own; times ` +
      'of the commits as Postgres noted them; baseline: one durable commit of one row on the same Postgres, idle';
    const measured = [
      { of: 'the inventory’s copy', values: first },
      { of: `the last of ${READERS.length} subgraphs’ copies`, values: all },
    ];
    return measured.flatMap(({ of, values }) =>
      [50, 99].map((percent): BenchResult => {
        const value = percentile(values, percent);
        const baseline = percent === 50 ? commit.medianMs : commit.p99Ms;
        const name = `whole system: commit to ${of}, p${percent}`;
        return { name, unit: 'ms', value, baseline, ratio: value / baseline, note };
      }),
    );
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
