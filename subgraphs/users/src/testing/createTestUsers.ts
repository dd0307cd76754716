import type { CloudEvent } from '@foyer/kafka';
import { createTestBus } from '@foyer/kafka/testing';
import {
  accessIdentity,
  ACCESS_TOKEN,
  createIdentitySigner,
  createKeyring,
  createKeySet,
  createLog,
  createMemoryPubSub,
  createMemoryRateLimiter,
  createMetrics,
  createPool,
  createSealer,
  createSubgraphContext,
  createTokenVerifier,
  Environment,
  invariant,
  ManualClock,
  newId,
  type Identity,
  type Sealer,
  type Subgraph,
} from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { GraphQLFormattedError } from 'graphql';
import { openSeeding, type Seeding } from '../seeding.js';
import { createUsers } from '../subgraph.js';

/** What a test of the subgraph works with. */
export interface TestUsers {
  readonly clock: ManualClock;
  readonly sealer: Sealer;
  readonly seeding: Seeding;
  readonly pool: ReturnType<typeof createPool>;
  readonly databaseUrl: string;
  /** Asks the subgraph as the gateway does, in somebody's name. @throws Error with the first error's code. */
  ask<Data = Record<string, Answer>>(as: Identity | string, query: string, variables?: object): Promise<Data>;
  /** As `ask`, of one mutation or query with one root field. */
  one(as: Identity | string, query: string, variables?: object): Promise<Answer>;
  /** What the outbox holds of a type, oldest first. */
  events<Data = Record<string, unknown>>(type: string): Promise<CloudEvent<string, Data>[]>;
  /** Logs in. @throws when that is refused. */
  login(email: string, options?: LoginOptions): Promise<TestSession>;
  /** Makes a verified account and logs in. */
  person(name: string, role?: 'USER' | 'MANAGER' | 'ADMIN'): Promise<TestPerson>;
  /** Opens the first process's port. @returns its address. */
  listen(): Promise<string>;
  /** Stops all processes and starts one, with other variables. */
  restart(variables: Readonly<Record<string, string>>): Promise<void>;
  stop(): Promise<void>;
}

/** A person with a session. */
export interface TestPerson extends TestSession {
  readonly email: string;
}

/** Any answer; tests compare it. */
export type Answer = Record<string, unknown> & { readonly __typename?: string; readonly code?: string };

/** How a test logs in. */
export interface LoginOptions {
  readonly password?: string;
  readonly address?: string;
  readonly deviceToken?: string;
}

/** A session of a test. */
export interface TestSession {
  readonly accessToken: string;
  readonly refreshToken: string;
  readonly deviceToken: string;
  readonly sessionId: string;
  readonly userId: string;
}

/** A password that keeps the rules. */
export const PASSWORD = 'Quiet-Harbour-71';

/** Somebody without an account. */
export const guest = (address = '203.0.113.5'): Identity => ({ kind: 'guest', address });

const LOGIN = `mutation ($input: LoginInput!) { login(input: $input) {
  __typename ... on Refusal { code message }
  ... on LoginPayload { deviceToken user { id } session { id } tokens { accessToken refreshToken } }
} }`;

/**
 * Starts the subgraph on a fresh database, with cheap hashes, wide limits and a clock that stands still.
 * @param processes how many stand side by side on the database; `ask` goes to them in turn.
 */
export async function createTestUsers(
  variables: Readonly<Record<string, string>> = {},
  processes = 1,
): Promise<TestUsers> {
  const database = await createTestDatabase('users');
  const bus = await createTestBus();
  const pool = createPool(database.url, { max: 4, applicationName: 'test' });
  const clock = new ManualClock(new Date('2026-05-01T10:00:00Z'));
  const sealer = createSealer('a secret for tests, of 32 characters or more');
  const environmentWith = (more: Readonly<Record<string, string>>): Environment =>
    new Environment({
      USERS_ARGON2_MEMORY_KIB: '64',
      USERS_ARGON2_PASSES: '1',
      USERS_RESET_ANSWER_MS: '0',
      USERS_LOGIN_PER_MINUTE: '10000',
      USERS_REGISTER_PER_10_MINUTES: '10000',
      USERS_RESET_PER_10_MINUTES: '10000',
      ...variables,
      ...more,
    });
  const gatewayKeys = createKeyring({ purpose: 'identity', pool, sealer, clock, keepMs: 3_600_000 });
  const gateway = createIdentitySigner('gateway', gatewayKeys, clock);
  const orders = createIdentitySigner('orders', gatewayKeys, clock);
  const start = async (more: Readonly<Record<string, string>> = {}): Promise<Subgraph> => {
    const subgraph = await createUsers({
      poolSize: 20,
      bus,
      databaseUrl: database.url,
      context: createSubgraphContext({
        name: 'users',
        environment: environmentWith(more),
        clock,
        sealer,
        log: createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent'),
        rateLimiter: createMemoryRateLimiter(),
        pubsub: createMemoryPubSub(),
        portChecks: {},
        metrics: createMetrics(),
        fetchKeys: (issuer) => (issuer === 'users' ? (subgraphs[0] as Subgraph).jwks() : gatewayKeys.jwks()),
        transportTo: () => {
          throw new Error('users calls nobody');
        },
      }),
    });
    await subgraph.start();
    return subgraph;
  };
  const subgraphs: Subgraph[] = [];
  const stopAll = async (): Promise<void> => {
    for (const subgraph of subgraphs.splice(0)) await subgraph.stop();
  };
  const seeding = openSeeding({ databaseUrl: database.url, environment: environmentWith({}), sealer, clock });
  const stop = async (): Promise<void> => {
    await seeding.close();
    await stopAll();
    await bus.close();
    await pool.end();
    await database.drop();
  };
  try {
    subgraphs.push(...(await Promise.all(Array.from({ length: processes }, () => start()))));
  } catch (error) {
    await stop();
    throw error;
  }
  let turn = 0;
  const accessTokens = createTokenVerifier(
    ACCESS_TOKEN,
    createKeySet(() => (subgraphs[0] as Subgraph).jwks(), clock),
    clock,
  );

  async function ask<Data>(as: Identity | string, query: string, given: object = {}): Promise<Data> {
    const identity =
      typeof as === 'string' ? accessIdentity(await accessTokens.verify(as), '203.0.113.5') : as;
    turn += 1;
    const signer = identity.kind === 'service' ? orders : gateway;
    const { transport } = subgraphs[turn % subgraphs.length] as Subgraph;
    const { data, errors } = await transport.execute({
      query,
      variables: given as Record<string, unknown>,
      identity: await signer.sign(identity, 'users'),
      requestId: newId(),
    });
    const [error] = (errors ?? []) as readonly GraphQLFormattedError[];
    if (error)
      throw Object.assign(
        new Error(`${String(error.extensions?.['code'])}: ${error.message}`),
        error.extensions,
      );
    return data as Data;
  }

  async function one(as: Identity | string, query: string, given?: object): Promise<Answer> {
    const [answer] = Object.values(await ask<Record<string, Answer>>(as, query, given));
    return answer as Answer;
  }

  async function login(
    email: string,
    { password = PASSWORD, address, deviceToken }: LoginOptions = {},
  ): Promise<TestSession> {
    const answer = await one(guest(address), LOGIN, { input: { email, password, deviceToken } });
    invariant(answer.__typename === 'LoginPayload', `${email} can't log in: ${JSON.stringify(answer)}`);
    const {
      tokens,
      session,
      user,
      deviceToken: device,
    } = answer as unknown as {
      tokens: { accessToken: string; refreshToken: string };
      session: { id: string };
      user: { id: string };
      deviceToken: string;
    };
    return { ...tokens, sessionId: session.id, userId: user.id, deviceToken: device };
  }

  return {
    clock,
    sealer,
    pool,
    databaseUrl: database.url,
    seeding,
    ask,
    one,
    async events<Data>(type: string) {
      const { rows } = await pool.query<{ payload: CloudEvent<string, Data> }>(
        'select payload from messaging.outbox where type = $1 order by position',
        [type],
      );
      return rows.map(({ payload }) => payload);
    },
    login,
    async person(name, role = 'USER') {
      const email = `${name.toLowerCase()}@example.com`;
      await seeding.createAccount({ email, password: PASSWORD, name, role });
      return { ...(await login(email)), email };
    },
    listen: () => (subgraphs[0] as Subgraph).listen('127.0.0.1', 0),
    async restart(more) {
      await stopAll();
      subgraphs.push(await start(more));
    },
    stop,
  };
}
