import { createPool, newId } from '@foyer/platform';
import { createOutbox, type Outbox } from '@foyer/kafka';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { Pool } from 'pg';
import type { ConfirmRequest, HoldRequest, LineRequest, ReleaseRequest } from '../domain/requests.js';
import type { RestaurantConfiguration } from '../domain/tables/restaurant.js';
import { createHoldStore, type HoldStore } from '../store/createHoldStore.js';
import { createRestaurantCache } from '../store/createRestaurantCache.js';
import { createRouter } from '../store/createRouter.js';
import { createTestRestaurant, type TestRestaurant } from './createTestRestaurant.js';

/** Stores of holds on one database, each with a pool of its own as a process has. */
export interface TestStores {
  readonly pool: Pool;
  readonly url: string;
  readonly stores: readonly [HoldStore, HoldStore];
  /** A further process. */
  open(options?: {
    readonly outbox?: Outbox;
    readonly lanes?: number;
    readonly maxGroup?: number;
  }): HoldStore;
  /** A published event on sale. @returns its id. */
  listing(values?: { readonly maximumAttendees?: number; readonly status?: string }): Promise<string>;
  /** An offer of it. @returns its id. */
  offer(
    listingId: string,
    values?: { readonly total?: number; readonly limit?: number; readonly price?: number },
  ): Promise<string>;
  /** A restaurant that takes reservations. */
  restaurant(values?: Partial<RestaurantConfiguration>): Promise<TestRestaurant>;
  /** Lets the holds of these orders run out. */
  expire(...orderIds: readonly string[]): Promise<void>;
  counters(offerId: string): Promise<{ readonly reserved: number; readonly sold: number }>;
  /** Types of the events that tell of an order, in order. */
  told(orderId: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** Two processes' stores, and ways to look behind them. */
export async function createTestStores(): Promise<TestStores> {
  const database = await createTestDatabase('inventory');
  const pool = createPool(database.url, { max: 4, applicationName: 'test' });
  const pools = [pool];
  const open: TestStores['open'] = ({
    outbox = createOutbox('inventory'),
    lanes = 4,
    maxGroup = 1000,
  } = {}) => {
    const own = createPool(database.url, { max: 16, applicationName: 'foyer-inventory' });
    pools.push(own);
    const rules = { holdSeconds: 900, waitlistOfferSeconds: 600, lowPercent: 10 };
    return createHoldStore({
      pool: own,
      router: createRouter(own),
      outbox,
      rules,
      lanes,
      maxGroup,
      restaurants: createRestaurantCache(),
      onChanged: () => undefined,
    });
  };
  return {
    pool,
    url: database.url,
    open,
    stores: [open(), open()],
    async listing({ maximumAttendees = 10_000, status = 'PUBLISHED' } = {}) {
      const id = newId();
      await pool.query(
        `insert into listing (id, organization_id, status, sale_starts_at, sale_ends_at, maximum_attendees, free)
         values ($1, $2, $3, foyer_now() - interval '1 day', foyer_now() + interval '1 day', $4, false)`,
        [id, newId(), status, maximumAttendees],
      );
      return id;
    },
    async offer(listingId, { total = 50, limit = 10, price = 1000 } = {}) {
      const id = newId();
      await pool.query(
        `insert into offer (id, listing_id, name, price, currency, total, limit_per_person, state)
         values ($1::uuid, $2, $1::text, $3, 'EUR', $4, $5, 'AVAILABLE')`,
        [id, listingId, price, total, limit],
      );
      return id;
    },
    restaurant: (values) => createTestRestaurant(pool, values),
    async expire(...orderIds) {
      await pool.query('update hold set expires_at = foyer_now() where order_id = any($1::uuid[])', [
        orderIds,
      ]);
    },
    async counters(offerId) {
      const { rows } = await pool.query<{ reserved: number; sold: number }>(
        'select reserved, sold from offer where id = $1',
        [offerId],
      );
      return rows[0] ?? { reserved: NaN, sold: NaN };
    },
    async told(orderId) {
      const { rows } = await pool.query<{ type: string }>(
        'select type from messaging.outbox where aggregate_id = $1 order by aggregate_version',
        [orderId],
      );
      return rows.map(({ type }) => type);
    },
    async stop() {
      await Promise.all(pools.map((each) => each.end()));
      await database.drop();
    },
  };
}

/** The request of a hold; what is left out is made up. */
export function holdOf(
  offerIds: string | readonly string[],
  values: Partial<Omit<HoldRequest, 'kind' | 'lines'>> & { readonly quantity?: number } = {},
): HoldRequest {
  const { quantity = 1, ...rest } = values;
  const lines: LineRequest[] = [offerIds].flat().map((offerId) => ({ offerId, quantity }));
  return {
    kind: 'hold',
    orderId: newId(),
    personId: newId(),
    lines,
    accessCode: null,
    correlationId: null,
    ...rest,
  };
}

/** The request to confirm an order. */
export function confirmOf(orderId: string): ConfirmRequest {
  return { kind: 'confirm', orderId, correlationId: null };
}

/** The request to release an order. */
export function releaseOf(orderId: string): ReleaseRequest {
  return { kind: 'release', orderId, correlationId: null };
}
