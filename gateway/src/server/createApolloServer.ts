import { ApolloServer } from '@apollo/server';
import { ApolloServerPluginLandingPageDisabled } from '@apollo/server/plugin/disabled';
import { boundedListsRule, MAXIMUM_ERRORS, noOperation, type Cache, type Log } from '@foyer/platform';
import type { Executor } from '../execution/createExecutor.js';
import type { GatewayMetrics } from '../metrics/createGatewayMetrics.js';
import { metricsPlugin } from '../metrics/metricsPlugin.js';
import type { RequestScope } from '../execution/requestScope.js';
import { createApolloGateway } from '../graph/createApolloGateway.js';
import type { Graph } from '../graph/loadGraph.js';
import { publicError } from '../errors/publicError.js';
import { finiteNumbersRule } from '../limits/finiteNumbersRule.js';
import type { Limits } from '../limits/limits.js';
import { limitsRule } from '../limits/limitsRule.js';
import { retryAfterPlugin } from '../rateLimits/retryAfterPlugin.js';
import { createPersistedQueryStore } from './createPersistedQueryStore.js';

/** What Apollo Server is made of here. */
export interface ApolloServerParts {
  readonly graph: Graph;
  readonly executor: Executor;
  readonly limits: Limits;
  /** For automatic persisted queries. */
  readonly cache: Cache;
  /** Whether clients may ask for the schema. */
  readonly introspection: boolean;
  readonly metrics: GatewayMetrics;
  readonly log: Log;
}

/** Apollo Server: parses, validates, limits, and keeps documents; refuses what browsers send across sites (CSRF). */
export function createApolloServer(parts: ApolloServerParts): ApolloServer<RequestScope> {
  const { graph, executor, limits, cache, introspection, metrics, log } = parts;
  return new ApolloServer<RequestScope>({
    gateway: createApolloGateway(graph, executor),
    introspection,
    parseOptions: { maxLexicalTokens: limits.tokens },
    validationRules: [limitsRule(limits), boundedListsRule, finiteNumbersRule],
    validationOptions: { maxErrors: MAXIMUM_ERRORS },
    persistedQueries: { cache: createPersistedQueryStore(cache) },
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => publicError(error, { limits, introspection, log }, formatted),
    stringifyResult: (value) => JSON.stringify(value),
    plugins: [
      ApolloServerPluginLandingPageDisabled(),
      retryAfterPlugin(),
      metricsPlugin(metrics),
      {
        requestDidStart: () =>
          Promise.resolve({
            // Nothing runs, and GET is not checked, without the one operation that both mean.
            didResolveOperation: ({ operation, request }) =>
              (operation as unknown) ? Promise.resolve() : Promise.reject(noOperation(request.operationName)),
          }),
      },
    ],
    logger: log.child({ part: 'apollo' }),
    // The process owns its signals.
    stopOnTerminationSignals: false,
  });
}
