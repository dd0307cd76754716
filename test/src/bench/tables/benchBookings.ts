import { createOutbox } from '@foyer/kafka';
import { createPool, newId } from '@foyer/platform';
import type { Pool } from 'pg';
import type { Restaurant } from '@foyer/inventory/dist/domain/tables/restaurant.js';
import { createHoldStore } from '@foyer/inventory/dist/store/createHoldStore.js';
import { createRestaurantCache } from '@foyer/inventory/dist/store/createRestaurantCache.js';
import { createRouter } from '@foyer/inventory/dist/store/createRouter.js';
import { migrateDatabase } from '@foyer/prisma';
import type { BenchOptions, BenchResult } from '../benchResult.js';
import { measureRate } from '../measureRate.js';
import { bookingRestaurants, randomBooking } from './bookingRestaurants.js';
import { bookSingly } from './bookSingly.js';

/** Guests who ask at once. */
const CLIENTS = 1000;
const POOL_SIZES = [1, 2, 4, 8, 16, 32];
const ROUNDS = 3;

/** Where is booked, and with how many tables each, so that something stays free for the whole run. */
const CASES = [
  { name: 'one busy restaurant', restaurants: 1, tables: 400 },
  { name: 'a thousand restaurants', restaurants: 1000, tables: 20 },
] as const;

/**
 * Complete bookings per second at the store: hours, limits, best fit, hold, line, seating, guards, outbox. Grouped as
 * Foyer does it, against one transaction for each with its best number of connections, in turn.
 */
export async function benchBookings({ adminUrl, seconds, log }: BenchOptions): Promise<BenchResult[]> {
  const results: BenchResult[] = [];
  for (const { name, restaurants: count, tables } of CASES) {
    const url = Object.assign(new URL(adminUrl), {
      pathname: `/inventory_bench_tables_${process.pid}_${count}`,
    }).href;
    await migrateDatabase(url, 'inventory');
    const prepare = (pool: Pool) => bookingRestaurants(pool, count, tables);
    let best = { connections: 1, rate: 0 };
    for (const connections of POOL_SIZES) {
      const rate = await rateOf(url, connections, connections, seconds / 2, prepare, singly);
      log(`${name}: one transaction per booking, ${connections} connections: ${Math.round(rate)} bookings/s`);
      if (rate > best.rate) best = { connections, rate };
    }
    const single: number[] = [];
    const grouped: number[] = [];
    for (let round = 0; round < ROUNDS; round += 1) {
      single.push(await rateOf(url, best.connections, best.connections, seconds, prepare, singly));
      grouped.push(await rateOf(url, 8, CLIENTS, seconds, prepare, inGroups));
      log(
        `${name}: ${Math.round(grouped.at(-1) ?? 0)} bookings/s grouped, ${Math.round(single.at(-1) ?? 0)} singly`,
      );
    }
    const [value, baseline] = [median(grouped), median(single)];
    results.push({
      name: `bookings at ${name}`,
      unit: 'bookings/s',
      value,
      baseline,
      ratio: value / baseline,
      note: `at the store, ${CLIENTS} guests who want random times of 60 days; ${tables} tables each; baseline with its best of ${best.connections} connections`,
    });
  }
  return results;
}

/** Bookings made per second at restaurants that begin empty; what was full does not count. */
async function rateOf(
  url: string,
  connections: number,
  clients: number,
  seconds: number,
  prepare: (pool: Pool) => Promise<readonly Restaurant[]>,
  bookings: (pool: Pool, restaurants: readonly Restaurant[]) => () => Promise<boolean>,
): Promise<number> {
  const pool = createPool(url, { max: connections, applicationName: 'bench' });
  try {
    const book = bookings(pool, await prepare(pool));
    return await measureRate(clients, seconds, async () => {
      while (!(await book()));
    });
  } finally {
    await pool.end();
  }
}

function singly(pool: Pool, restaurants: readonly Restaurant[]): () => Promise<boolean> {
  const outbox = createOutbox('inventory');
  return () => bookSingly(pool, outbox, randomBooking(restaurants));
}

function inGroups(pool: Pool, restaurants: readonly Restaurant[]): () => Promise<boolean> {
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
    const { areaId, startsAt, partySize } = randomBooking(restaurants);
    const answer = await store.hold({
      kind: 'hold',
      orderId: newId(),
      personId: newId(),
      lines: [{ offerId: areaId, quantity: partySize, seating: { startsAt, anyOf: [] } }],
      accessCode: null,
      correlationId: null,
    });
    return answer.__typename === 'OffersHeld';
  };
}

function median(values: readonly number[]): number {
  return [...values].sort((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}
