import type { ExecutionResult } from 'graphql';
import { systemClock, type Clock } from '../clock/clock.js';
import { Environment } from '../config/environment.js';
import { createSealer } from '../crypto/sealer.js';
import type { Identity, SubgraphName } from '../identity/identity.js';
import { createIdentitySigner } from '../identity/identityTokens.js';
import type { Keyring } from '../identity/keyring.js';
import type { Jwks } from '../identity/keySet.js';
import { permissionsOf, type Role } from '../identity/permissions.js';
import { createLog } from '../log/createLog.js';
import { createMetrics } from '../metrics/createMetrics.js';
import { createSubgraphContext } from '../process/createSubgraphContext.js';
import type { ProcessName } from '../process/addresses.js';
import { createMemoryPubSub } from '../pubsub/pubSub.js';
import { createMemoryRateLimiter } from '../rateLimiter/rateLimiter.js';
import type { SubgraphContext } from '../subgraph/context.js';
import type { Subgraph } from '../subgraph/createSubgraph.js';
import type { SubgraphTransport } from '../transport/subgraphTransport.js';
import { newId } from '../values/newId.js';
import { createTestKeyring } from './createTestKeyring.js';

/** Everything around one subgraph under test: a gateway's identities, keys of fellow subgraphs, memory adapters. */
export interface TestPlatform {
  /** Gives the subgraph what it needs. */
  contextFor(name: SubgraphName): SubgraphContext;
  /** Key pairs of the others, to sign admissions and access tokens with. */
  readonly keyrings: Readonly<Record<ProcessName, Keyring>>;
  /** Runs a query or mutation as somebody, over the in-process transport. @param signal the caller's leaving. */
  run<Data = Record<string, unknown>>(
    subgraph: Subgraph,
    as: Identity,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
    signal?: AbortSignal,
  ): Promise<TestResult<Data>>;
  /** Begins a subscription as somebody. */
  subscribe(
    subgraph: Subgraph,
    as: Identity,
    query: string,
    variables?: Readonly<Record<string, unknown>>,
  ): Promise<AsyncIterableIterator<ExecutionResult>>;
}

/** A result whose data a test may rely on. */
export interface TestResult<Data> extends Omit<ExecutionResult, 'data'> {
  readonly data: Data;
}

/** What a test may set. */
export interface TestPlatformOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  readonly transportTo?: (subgraph: SubgraphName) => SubgraphTransport;
}

/** Makes a test's platform. */
export function createTestPlatform(options: TestPlatformOptions = {}): TestPlatform {
  const { environment = {}, clock = systemClock } = options;
  const keyrings: Record<ProcessName, Keyring> = {
    gateway: createTestKeyring('identity'),
    users: createTestKeyring('access'),
    catalog: createTestKeyring('identity'),
    inventory: createTestKeyring('identity'),
    orders: createTestKeyring('identity'),
    payments: createTestKeyring('identity'),
    notifications: createTestKeyring('identity'),
    waitroom: createTestKeyring('admission'),
  };
  const fetchKeys = (issuer: ProcessName): Promise<Jwks> => keyrings[issuer].jwks();
  const gateway = createIdentitySigner('gateway', keyrings.gateway, clock);
  const orders = createIdentitySigner('orders', keyrings.orders, clock);
  const signed = (identity: Identity, audience: SubgraphName) =>
    (identity.kind === 'service' ? orders : gateway).sign(identity, audience);
  const shared = {
    environment: new Environment({ LOG_LEVEL: 'silent', ...environment }),
    clock,
    log: createLog('test', 'silent'),
    sealer: createSealer('a secret for tests that has 32 characters'),
    rateLimiter: createMemoryRateLimiter(),
    pubsub: createMemoryPubSub(),
    portChecks: {},
    metrics: createMetrics(),
    fetchKeys,
  };
  const nowhere = (name: SubgraphName): never => {
    throw new Error(`this test has no ${name}`);
  };
  return {
    keyrings,
    contextFor: (name) =>
      createSubgraphContext({ ...shared, name, transportTo: options.transportTo ?? nowhere }),
    async run<Data>(
      subgraph: Subgraph,
      as: Identity,
      query: string,
      variables?: Readonly<Record<string, unknown>>,
      signal?: AbortSignal,
    ) {
      const identity = await signed(as, subgraph.name);
      const result = await subgraph.transport.execute({
        query,
        variables,
        identity,
        requestId: newId(),
        signal,
      });
      return result as TestResult<Data>;
    },
    async subscribe(subgraph, as, query, variables) {
      const identity = await signed(as, subgraph.name);
      return subgraph.transport.subscribe({ query, variables, identity, requestId: newId() });
    },
  };
}

/** A guest. */
export const guest: Identity = { kind: 'guest', address: '127.0.0.1' };

/** The orders subgraph, calling for itself. */
export const ordersService: Identity = { kind: 'service', service: 'orders' };

/** A signed-in person of a platform role. */
export function person(userId = newId(), role: Role = 'USER'): Identity & { readonly kind: 'user' } {
  return {
    kind: 'user',
    userId,
    sessionId: newId(),
    role,
    scopes: permissionsOf(role),
    address: '127.0.0.1',
  };
}
