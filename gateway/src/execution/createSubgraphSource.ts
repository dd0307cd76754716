import type { GraphQLDataSource } from '@apollo/gateway';
import { SubgraphUnavailable, type Identity, type SubgraphTransport } from '@foyer/platform';
import type { ExecutionResult, GraphQLFormattedError } from 'graphql';
import type { GatewayMetrics } from '../metrics/createGatewayMetrics.js';
import { INTERNAL_ERROR } from '../errors/internalError.js';
import { fetchedPaths } from './fetchedPaths.js';
import type { GaveUp, RequestScope } from './requestScope.js';

/** Signs who is asking for one subgraph; platform's `IdentitySigner`, for subgraphs of any name. */
export interface SubgraphIdentitySigner {
  sign(identity: Identity, audience: string): Promise<string>;
}

/**
 * A subgraph as the query plan's executor asks it: over a transport, with the caller's identity signed for it. It always
 * answers: a subgraph that can't be had gives an error on every field that was asked of it, so that the other subgraphs'
 * fields are served.
 */
export function createSubgraphSource(
  name: string,
  transport: SubgraphTransport,
  signer: SubgraphIdentitySigner,
  metrics: GatewayMetrics,
): GraphQLDataSource {
  return {
    async process({ request, context }) {
      const scope = context as RequestScope;
      const query = request.query ?? '';
      const variables = request.variables as Readonly<Record<string, unknown>> | undefined;
      const onEveryField = (
        error: Omit<GraphQLFormattedError, 'path'>,
      ): { errors: GraphQLFormattedError[] } => ({
        errors: fetchedPaths(query, variables?.['representations'] as readonly object[] | undefined).map(
          (path) => ({
            ...error,
            path,
          }),
        ),
      });
      const begun = performance.now();
      let failed: unknown = null;
      try {
        const identity = await signer.sign(scope.caller.identity, name);
        const result = await transport.execute({
          query,
          variables,
          operationName: request.operationName,
          identity,
          requestId: scope.requestId,
          signal: scope.signal,
        });
        const [error] = result.errors ?? [];
        failed = error ? error.extensions?.['code'] : null;
        if (!isRefused(result)) return result as { data?: Record<string, unknown> | null };
        return onEveryField(
          refusedRequest((result.errors ?? []) as readonly GraphQLFormattedError[], name, scope),
        );
      } catch (error) {
        failed = error instanceof SubgraphUnavailable ? 'SUBGRAPH_UNAVAILABLE' : undefined;
        if (!(error instanceof SubgraphUnavailable)) throw error;
        scope.log.warn({ subgraph: name, err: error }, 'a subgraph did not answer');
        return onEveryField(unavailable(scope.signal));
      } finally {
        metrics.subgraph(name, (performance.now() - begun) / 1000, failed);
      }
    },
  };
}

/** Whether the subgraph took the request as a whole for wrong: GraphQL's "request error". */
function isRefused({ data, errors }: ExecutionResult): boolean {
  return (data === undefined || data === null) && (errors?.every(({ path }) => path === undefined) ?? false);
}

/**
 * A request that we made and a subgraph refuses is our fault (its schema is not the one we planned by, it does not trust
 * our key), except for values that the client wrote and only the subgraph can judge: its custom scalars.
 */
function refusedRequest(
  errors: readonly GraphQLFormattedError[],
  subgraph: string,
  { log }: RequestScope,
): Omit<GraphQLFormattedError, 'path'> {
  const clients = errors.find(
    ({ message, extensions }) =>
      extensions?.['code'] === 'BAD_USER_INPUT' ||
      (extensions?.['code'] === 'GRAPHQL_VALIDATION_FAILED' && message.startsWith('Expected value of type')),
  );
  if (clients) return { message: clients.message, extensions: { code: 'BAD_USER_INPUT' } };
  log.error({ subgraph, errors }, 'a subgraph refused a request of the gateway');
  return INTERNAL_ERROR;
}

function unavailable(signal: AbortSignal | undefined): Omit<GraphQLFormattedError, 'path'> {
  if (signal?.aborted && (signal.reason as GaveUp) === 'TIME_OVER') {
    return {
      message:
        'The answer took too long. Whether a mutation was done is not known: look before you repeat it.',
      extensions: { code: 'TIME_OVER' },
    };
  }
  return {
    message: 'This part of the answer can’t be had at the moment: try again soon.',
    extensions: { code: 'SUBGRAPH_UNAVAILABLE' },
  };
}
