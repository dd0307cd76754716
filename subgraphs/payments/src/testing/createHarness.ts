import { PaymentCompleted, type CloudEvent, type EventBus } from '@foyer/kafka';
import { createTestBus } from '@foyer/kafka/testing';
import { createPool, newId, type Identity, type Subgraph } from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { PaymentProvider } from '../providers/paymentProvider.js';
import { createPayments } from '../subgraph.js';
import { createTestContext, type TestContextOptions } from './createTestContext.js';

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
export interface HarnessOptions extends Omit<TestContextOptions, 'url'> {
  readonly providers?: readonly PaymentProvider[];
  /** A database that is there and stays; default: an empty one, dropped at the end. */
  readonly databaseUrl?: string;
}

/** The service identity that may pay. */
export const ORDERS: Identity = { kind: 'service', service: 'orders' };

/** A person. */
export function person(
  userId: string = newId(),
  scopes: readonly never[] | readonly ['payment:read-any'] = [],
): Identity {
  return { kind: 'user', userId, sessionId: newId(), role: 'USER', scopes, address: '127.0.0.1' };
}

/** Starts the subgraph on an empty database. Identities are JSON texts: who vouches for them is platform's test. */
export async function createHarness(options: HarnessOptions = {}): Promise<Harness> {
  const database = options.databaseUrl === undefined ? await createTestDatabase('payments') : null;
  const databaseUrl = options.databaseUrl ?? database?.url ?? '';
  const bus = await createTestBus();
  const pool = createPool(databaseUrl, { max: 4, applicationName: 'test' });
  let url = '';
  const context = createTestContext({ ...options, url: () => url });
  const subgraph = await createPayments({ context, bus, databaseUrl, providers: options.providers ?? [] });
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
      await database?.drop();
    },
  };
}
