import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import {
  GraphQLError,
  parse,
  subscribe,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { newId } from '../values/newId.js';
import type { Log } from '../log/createLog.js';
import { IDENTITY_HEADER, REQUEST_ID_HEADER } from '../transport/headers.js';
import type { Authenticate } from './authenticate.js';
import type { RequestContext } from './context.js';
import { mapResults } from './mapResults.js';
import { maskError } from './maskError.js';

/** An operation as it came in, whichever way it came. */
export interface IncomingRequest {
  readonly body: {
    readonly query?: unknown;
    readonly variables?: unknown;
    readonly operationName?: unknown;
  };
  readonly headers: Readonly<Record<string, string | undefined>>;
  /** Address of the peer. */
  readonly address: string;
  /** Aborted when the caller has gone. */
  readonly signal?: AbortSignal;
}

/** An answer, ready to be sent. */
export interface OutgoingResponse {
  readonly status: number;
  readonly headers: ReadonlyMap<string, string>;
  /** JSON text. */
  readonly body: string;
}

/** Runs a subgraph's operations; the HTTP server and the in-process transport both stand on it. */
export interface SubgraphExecutor {
  start(): Promise<void>;
  execute(request: IncomingRequest): Promise<OutgoingResponse>;
  /** Begins a subscription. A refusal before its beginning is a result with errors and no stream. */
  subscribe(request: IncomingRequest): Promise<AsyncIterableIterator<ExecutionResult> | ExecutionResult>;
  stop(): Promise<void>;
}

/** What runs the operations of one subgraph. */
export interface ExecutorOptions<Context extends RequestContext> {
  readonly schema: GraphQLSchema;
  readonly authenticate: Authenticate;
  readonly requestContext: (base: RequestContext) => Context;
  readonly log: Log;
  readonly development: boolean;
}

/** An executor on Apollo Server, with graphql-js's own `subscribe` beside it. */
export function createExecutor<Context extends RequestContext>(
  options: ExecutorOptions<Context>,
): SubgraphExecutor {
  const { schema, authenticate, requestContext, log, development } = options;
  const server = new ApolloServer<Context>({
    schema,
    introspection: development,
    includeStacktraceInErrorResponses: false,
    formatError: (formatted, error) => maskError(formatted, error, log),
    // The process owns its signals.
    stopOnTerminationSignals: false,
    // Callers are the gateway and fellow subgraphs, who show a signed header that no browser form can.
    csrfPrevention: false,
    plugins: [ApolloServerPluginInlineTraceDisabled()],
  });
  const documents = new LRUCache<string, DocumentNode>({ max: 500 });

  const contextFor = async ({ headers, address, body, signal }: IncomingRequest): Promise<Context> => {
    const identity = await authenticate({
      identity: headers[IDENTITY_HEADER],
      authorization: headers['authorization'],
      address,
      query: typeof body.query === 'string' ? body.query : '',
    });
    const requestId = headers[REQUEST_ID_HEADER] ?? newId();
    return requestContext({ identity, requestId, log: log.child({ requestId }), signal });
  };

  /** @throws GraphQLError for a document that can't be run. */
  const documentOf = (query: unknown): DocumentNode => {
    if (typeof query !== 'string')
      throw new GraphQLError('query is missing', { extensions: { code: 'BAD_REQUEST' } });
    let document = documents.get(query);
    if (!document) {
      document = parse(query, { maxTokens: 5000 });
      const [wrong] = validate(schema, document);
      if (wrong) throw wrong;
      documents.set(query, document);
    }
    return document;
  };

  return {
    async start() {
      await server.start();
    },
    async execute(request) {
      const headers = new HeaderMap([['content-type', 'application/json']]);
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body: request.body },
        context: () => contextFor(request),
      });
      if (response.body.kind !== 'complete') throw new Error('a subgraph does not answer in parts');
      return { status: response.status ?? 200, headers: response.headers, body: response.body.string };
    },
    async subscribe(request) {
      const { body } = request;
      try {
        const contextValue = await contextFor(request);
        const result = await subscribe({
          schema,
          document: documentOf(body.query),
          contextValue,
          variableValues: (body.variables ?? {}) as Record<string, unknown>,
          operationName: typeof body.operationName === 'string' ? body.operationName : null,
        });
        if (!(Symbol.asyncIterator in result)) return masked(result, log);
        return mapResults(result, (each) => masked(each, log));
      } catch (error) {
        const known =
          error instanceof GraphQLError ? error : new GraphQLError('', { originalError: error as Error });
        return masked({ errors: [known] }, log);
      }
    },
    async stop() {
      await server.stop();
    },
  };
}

/** A result as it may leave: plain JSON, faults masked. */
function masked(result: ExecutionResult, log: Log): ExecutionResult {
  const errors = result.errors?.map((error) => maskError(error.toJSON(), error, log));
  return JSON.parse(JSON.stringify({ ...result, ...(errors && { errors }) })) as ExecutionResult;
}
