import {
  createLog,
  createMemoryPubSub,
  createMemoryRateLimiter,
  createMetrics,
  createSealer,
  Environment,
  systemClock,
  type Identity,
  type SubgraphContext,
} from '@foyer/platform';

/** What a subgraph gets that is measured alone: identities are the JSON of themselves. */
export function benchContext(): SubgraphContext {
  const never = (): never => {
    throw new Error('not in this benchmark');
  };
  return {
    environment: new Environment({}),
    development: true,
    clock: systemClock,
    log: createLog('bench', 'error'),
    sealer: createSealer('b'.repeat(32)),
    rateLimiter: createMemoryRateLimiter(),
    pubsub: createMemoryPubSub(),
    portChecks: {},
    metrics: createMetrics(),
    // What a signature costs is not what is measured.
    identities: { verify: async (token) => JSON.parse(token) as Identity },
    keySets: { users: { find: never }, waitroom: { find: never } },
    sessionLives: never,
    transportTo: never,
    publicUrl: never,
  };
}
