import {
  createLog,
  createMemoryPubSub,
  createMemoryRateLimiter,
  createMetrics,
  createSealer,
  Environment,
  systemClock,
  type Clock,
  type Identity,
  type SubgraphContext,
} from '@foyer/platform';

/** What a test may change of what a process gives to the subgraph. */
export interface TestContextOptions {
  readonly environment?: Readonly<Record<string, string>>;
  readonly clock?: Clock;
  /** Default true. */
  readonly development?: boolean;
  /** The subgraph's own address. */
  readonly url: () => string;
}

/** A context in which identities are JSON texts, and that leads to no other subgraph. */
export function createTestContext(options: TestContextOptions): SubgraphContext {
  const noKeys = { find: () => Promise.resolve(null) };
  return {
    environment: new Environment({
      PAYMENTS_ATTENTION_MS: '50',
      PAYMENTS_SANDBOX_REFUND_MS: '10',
      ...options.environment,
    }),
    development: options.development ?? true,
    clock: options.clock ?? systemClock,
    log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
    sealer: createSealer('a secret of at least 32 characters'),
    rateLimiter: createMemoryRateLimiter(),
    pubsub: createMemoryPubSub(),
    portChecks: {},
    metrics: createMetrics(),
    identities: { verify: (token) => Promise.resolve(JSON.parse(token) as Identity) },
    keySets: { users: noKeys, waitroom: noKeys },
    sessionLives: () => Promise.resolve(true),
    transportTo: () => {
      throw new Error('payments calls nobody');
    },
    publicUrl: options.url,
  };
}
