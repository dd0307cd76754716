import type { ApolloServerOptionsWithGateway } from '@apollo/server';
import type { Executor } from '../execution/createExecutor.js';
import type { RequestScope } from '../execution/requestScope.js';
import type { Graph } from './loadGraph.js';

/** What Apollo Server takes as its gateway. */
export type ApolloGatewayInterface = ApolloServerOptionsWithGateway<RequestScope>['gateway'];

/**
 * Our executor as Apollo Server's gateway. `ApolloGateway` itself is not used: it takes no supergraph with
 * `@authenticated` in it, plans no operation twice in two ways, and keeps its planner from subscriptions. Its planner and
 * its plan executor are what runs here.
 */
export function createApolloGateway(graph: Graph, executor: Executor): ApolloGatewayInterface {
  const listeners = new Set<Parameters<ApolloGatewayInterface['onSchemaLoadOrUpdate']>[0]>();
  return {
    onSchemaLoadOrUpdate(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    load() {
      for (const listener of listeners) {
        listener({ apiSchema: graph.apiSchema, coreSupergraphSdl: graph.supergraphSdl });
      }
      return Promise.resolve({
        // The name is that of the operation that Apollo Server has chosen and checked.
        executor: ({ document, operationName, request, context }) => {
          const { variables } = request;
          return executor.execute({ document, operationName, variables }, context as RequestScope);
        },
      });
    },
    stop: () => Promise.resolve(),
  };
}
