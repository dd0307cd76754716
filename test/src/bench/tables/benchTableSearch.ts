import { createCatalog } from '@foyer/catalog';
import { createPostgresBus } from '@foyer/kafka';
import { createPool, newId, type Identity, type SubgraphTransport } from '@foyer/platform';
import { migrateDatabase } from '@foyer/prisma';
import { benchContext } from '../benchContext.js';
import type { BenchOptions, BenchResult } from '../benchResult.js';
import { percentile } from '../percentile.js';
import { AROUND, BUSY_EVENING, fillRestaurants, MIDDLE, QUIET_EVENING } from './fillRestaurants.js';
import { fillSlotTable, searchSlotTable } from './slotTable.js';

const SIZES = [1000, 10_000, 100_000];
/** The size of which everything is measured. */
const MAIN_SIZE = 10_000;
const PARTY = 4;
const PAGE = 20;
/** Searches begin up to so many degrees from the middle. */
const SPREAD = 0.02;

const SEARCH = `query ($filter: RestaurantFilter, $sort: RestaurantSort, $facets: Boolean!) {
  restaurants(filter: $filter, sort: $sort, first: ${PAGE}) {
    edges { distance node { id name priceRange rating { average count } } }
    facets @include(if: $facets) { cuisines { value count } priceRanges { value count } } } }`;

/** What a search asks for besides the place. */
interface Question {
  readonly name: string;
  readonly at: Date;
  readonly sort?: 'RATING';
  readonly facets?: boolean;
}

const QUESTIONS: readonly Question[] = [
  { name: 'the nearest, on a quiet evening', at: QUIET_EVENING },
  { name: 'the nearest, on a busy evening', at: BUSY_EVENING },
  { name: 'the best rated, on a quiet evening', at: QUIET_EVENING, sort: 'RATING' },
  { name: 'the nearest with counts by cuisine and price', at: QUIET_EVENING, facets: true },
];

/**
 * "Free at 19:30 for 4 within 20 km" through the catalog's GraphQL, one search at a time: 10,000 restaurants, then from
 * a thousand to a hundred thousand, all within the circle.
 */
export async function benchTableSearch({ adminUrl, seconds, log }: BenchOptions): Promise<BenchResult[]> {
  const urlOf = (name: string): string =>
    Object.assign(new URL(adminUrl), { pathname: `/${name}_bench_tables_${process.pid}` }).href;
  await migrateDatabase(urlOf('catalog'), 'catalog');
  await migrateDatabase(urlOf('bus'), 'bus');
  const context = benchContext();
  const pool = createPool(urlOf('catalog'), { max: 2, applicationName: 'bench' });
  const busPool = createPool(urlOf('bus'), { max: 4, applicationName: 'bench-bus' });
  const bus = await createPostgresBus({ pool: busPool, log: context.log });
  const catalog = await createCatalog({ context, bus, databaseUrl: urlOf('catalog') });
  await catalog.start();
  const results: BenchResult[] = [];
  const measure = async (size: number, question: Question, baseline: number | null): Promise<BenchResult> => {
    const times = await timesOf(seconds, () => search(catalog.transport, question));
    const [median, slow] = [percentile(times, 50), percentile(times, 99)];
    log(`${size} restaurants, ${question.name}: p50 ${median.toFixed(1)}, p99 ${slow.toFixed(1)} ms`);
    return {
      name: `free at 19:30 for ${PARTY}, ${size.toLocaleString('en')} restaurants within 20 km: ${question.name}, p99`,
      unit: 'ms',
      value: slow,
      baseline,
      ratio: baseline === null ? null : slow / baseline,
      note: `first ${PAGE} through the catalog's GraphQL, one search at a time, client in the same process; p50 ${median.toFixed(1)} ms over ${times.length} searches; 14 days in the copy`,
    };
  };
  try {
    for (const size of SIZES) {
      await fillRestaurants(pool, size);
      if (size === MAIN_SIZE) await fillSlotTable(pool);
      for (const question of size === MAIN_SIZE ? QUESTIONS : QUESTIONS.slice(0, 2)) {
        const comparable = size === MAIN_SIZE && question.sort === undefined && question.facets !== true;
        const baseline = comparable
          ? percentile(
              await timesOf(seconds, () => searchSlotTable(pool, somewhere(), question.at, PARTY, PAGE)),
              99,
            )
          : null;
        if (baseline !== null) log(`a row for each free beginning: p99 ${baseline.toFixed(1)} ms`);
        results.push(await measure(size, question, baseline));
      }
    }
    return results;
  } finally {
    await catalog.stop();
    await bus.close();
    await busPool.end();
    await pool.end();
  }
}

const GUEST = JSON.stringify({ kind: 'guest', address: '127.0.0.1' } satisfies Identity);

async function search(transport: SubgraphTransport, question: Question): Promise<void> {
  const { at, sort = null, facets = false } = question;
  const filter = {
    near: { point: somewhere(), within: AROUND },
    free: { at: at.toISOString(), partySize: PARTY },
  };
  const { data, errors } = await transport.execute({
    query: SEARCH,
    variables: { filter, sort, facets },
    identity: GUEST,
    requestId: newId(),
  });
  const found = data?.['restaurants'] as { readonly edges: readonly unknown[] } | undefined;
  if (!found || found.edges.length === 0)
    throw new Error(`nothing was found: ${JSON.stringify(errors ?? data)}`);
}

function somewhere(): { readonly latitude: number; readonly longitude: number } {
  const beside = (degrees: number): number => degrees + (Math.random() * 2 - 1) * SPREAD;
  return { latitude: beside(MIDDLE.latitude), longitude: beside(MIDDLE.longitude) };
}

/** How long something takes, again and again, in milliseconds; after a warm-up of a quarter of the time. */
async function timesOf(seconds: number, once: () => Promise<void>): Promise<readonly number[]> {
  const times: number[] = [];
  const began = performance.now();
  const warm = began + seconds * 250;
  const end = began + seconds * 1250;
  for (let now = began; now < end;) {
    await once();
    const after = performance.now();
    if (now >= warm) times.push(after - now);
    now = after;
  }
  return times;
}
