import { PaymentCompleted, type CloudEvent, type EventBus } from '@foyer/kafka';
import { createTestBus } from '@foyer/kafka/testing';
import {
  createLog,
  createMemoryPubSub,
  createMemoryRateLimiter,
  createPool,
  createSealer,
  Environment,
  newId,
  systemClock,
  type Clock,
  type Identity,
  type Subgraph,
  type SubgraphContext,
} from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { PaymentProvider } from '../providers/paymentProvider.js';
import { createPayments } from '../subgraph.js';

/** The payments subgraph as a test has it: real database, bus, HTTP. */
export interface Harness {
  readonly subgraph: Subgraph;
  /** Address of its HTTP server. */
  readonly url: string;
  readonly bus: EventBus;
  /** Its database. */
  readonly pool: ReturnType<typeof createPool>;
  /** Runs an operation and gives its data. @throws with the errors' messages. */
  run<Data>(identity: Identity, query: string, variables?: Readonly<Record<string, unknown>>): Promise<Data>;
  /** Types of the events that a payment has published, in order. */
  eventsOf(paymentId: string): Promise<readonly string[]>;
  stop(): Promise<void>;
}

/** What a test may change. */
export interface HarnessOptions {
  readonly providers?: readonly PaymentProvider[];
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly development?: boolean;
}

/** The service identity that may pay. */
export const ORDERS: Identity = { kind: 'service', service: 'orders' };

/** A person. */
export function person(userId: string = newId(), scopes: readonly never[] | readonly ['payment:read-any'] = []): Identity {
  return { kind: 'user', userId, sessionId: newId(), role: 'USER', scopes, address: '127.0.0.1' };
}

/** Starts the subgraph on an empty database. Identities are JSON texts: who vouches for them is platform's test. */
export async function createHarness(options: HarnessOptions = {}): Promise<Harness> {
  const { providers = [], clock = systemClock, development = true } = options;
  const database = await createTestDatabase('payments');
  const bus = await createTestBus();
  const pool = createPool(database.url, { max: 4, applicationName: 'test' });
  let url = '';
  const noKeys = { find: () => Promise.resolve(null) };
  const context: SubgraphContext = {
    environment: new Environment({
      PAYMENTS_ATTENTION_MS: '50',
      PAYMENTS_SANDBOX_REFUND_MS: '10',
      ...options.environment,
    }),
    development,
    clock,
    log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
    sealer: createSealer('a secret of at least 32 characters'),
    rateLimiter: createMemoryRateLimiter(),
    pubsub: createMemoryPubSub(),
    identities: { verify: (token) => Promise.resolve(JSON.parse(token) as Identity) },
    keySets: { users: noKeys, waitroom: noKeys } as unknown as SubgraphContext['keySets'],
    transportTo: () => {
      throw new Error('payments calls nobody');
    },
    publicUrl: () => url,
  };
  const subgraph = await createPayments({ context, bus, databaseUrl: database.url, providers });
  await subgraph.start();
  url = await subgraph.listen('127.0.0.1', 0);
  return {
    subgraph,
    url,
    bus,
    pool,
    async run<Data>(identity: Identity, query: string, variables: Readonly<Record<string, unknown>> = {}) {
      const request = { query, variables, identity: JSON.stringify(identity), requestId: newId() };
      const { data, errors } = await subgraph.transport.execute(request);
      if (errors) throw new Error(errors.map(({ message }) => message).join('; '));
      return data as Data;
    },
    async eventsOf(paymentId) {
      const { rows } = await pool.query<{ payload: CloudEvent }>(
        `select payload from messaging.outbox where aggregate_type = $1 and aggregate_id = $2 order by aggregate_version`,
        [PaymentCompleted.aggregateType, paymentId],
      );
      return rows.map(({ payload }) => payload.type);
    },
    async stop() {
      await subgraph.stop();
      await bus.close();
      await pool.end();
      await database.drop();
    },
  };
}
