import {
  createMemoryPubSub,
  createMemoryRateLimiter,
  createMetrics,
  createSealer,
  createSubgraph,
  createSubgraphContext,
  fetchJwks,
  runProcess,
  systemClock,
  urlsOf,
  type RequestContext,
} from '@foyer/platform';
import { parse } from 'graphql';
import { COUNTER_SDL } from './counterSdl.js';

// A subgraph that needs no engine and says which process answers: for tests of a gateway before several of one.
void runProcess({
  name: 'catalog',
  open: false,
  prepare: async ({ environment, log, tls }) => {
    const subgraph = createSubgraph<RequestContext>({
      name: 'catalog',
      context: createSubgraphContext({
        name: 'catalog',
        environment,
        log,
        clock: systemClock,
        sealer: createSealer('a secret for tests that has 32 characters'),
        rateLimiter: createMemoryRateLimiter(),
        pubsub: createMemoryPubSub(),
        portChecks: {},
        metrics: createMetrics(),
        fetchKeys: (issuer) => fetchJwks(urlsOf(environment, issuer), tls.client),
        transportTo: () => {
          throw new Error('this subgraph asks no other');
        },
      }),
      typeDefs: parse(COUNTER_SDL),
      resolvers: {
        Query: { by: () => process.pid },
        Mutation: { add: () => process.pid },
        Subscription: {
          by: {
            subscribe: async function* () {
              yield { by: process.pid };
              await new Promise(() => undefined);
            },
          },
        },
      },
      requestContext: (base) => base,
      components: [],
      healthChecks: {},
    });
    return {
      dependencies: [],
      connect: async () => undefined,
      start: () => subgraph.start(),
      serve: (entrance) => subgraph.serve(entrance),
      stop: () => subgraph.stop(),
    };
  },
});
