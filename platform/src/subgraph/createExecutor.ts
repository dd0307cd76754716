import { ApolloServer, HeaderMap } from '@apollo/server';
import { ApolloServerPluginInlineTraceDisabled } from '@apollo/server/plugin/disabled';
import {
  GraphQLError,
  getVariableValues,
  OperationTypeNode,
  parse,
  subscribe,
  validate,
  specifiedRules,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { LRUCache } from 'lru-cache';
import { newId } from '../values/newId.js';
import type { Log } from '../log/createLog.js';
import { boundedListsRule } from '../request/boundedListsRule.js';
import { boundErrors, MAXIMUM_ERRORS } from '../request/boundErrors.js';
import { chooseOperation, noOperation } from '../request/chooseOperation.js';
import { readRequest, type GraphqlRequest } from '../request/readRequest.js';
import { IDENTITY_HEADER, REQUEST_ID_HEADER } from '../transport/headers.js';
import type { Authenticate } from './authenticate.js';
import type { RequestContext } from './context.js';
import { mapResults } from './mapResults.js';
import { maskError } from './maskError.js';

/** An operation as it came in, whichever way it came. */
export interface IncomingRequest {
  /** The request's JSON. */
  readonly body: unknown;
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
    persistedQueries: false,
    parseOptions: { maxLexicalTokens: MAXIMUM_TOKENS },
    validationRules: [boundedListsRule],
    validationOptions: { maxErrors: MAXIMUM_ERRORS },
    stringifyResult: (value) => JSON.stringify(bounded(value)),
    plugins: [
      ApolloServerPluginInlineTraceDisabled(),
      {
        requestDidStart: () =>
          Promise.resolve({
            // Nothing runs whose operation was not chosen by name or as the only one.
            didResolveOperation: ({ operation, request }) =>
              (operation as unknown) ? Promise.resolve() : Promise.reject(noOperation(request.operationName)),
          }),
      },
    ],
  });
  const documents = new LRUCache<string, DocumentNode>({ max: 500 });

  const contextFor = async (
    { headers, address, signal }: IncomingRequest,
    { query = '' }: GraphqlRequest,
  ): Promise<Context> => {
    const identity = await authenticate({
      identity: headers[IDENTITY_HEADER],
      authorization: headers['authorization'],
      address,
      query,
    });
    const requestId = headers[REQUEST_ID_HEADER] ?? newId();
    return requestContext({ identity, requestId, log: log.child({ requestId }), signal });
  };

  /** @throws GraphQLError for a document that can't be run. */
  const documentOf = (query: string): DocumentNode => {
    let document = documents.get(query);
    if (!document) {
      document = parsed(query);
      const [wrong] = validate(schema, document, RULES, { maxErrors: 1 });
      if (wrong) throw withCode(wrong, 'GRAPHQL_VALIDATION_FAILED');
      documents.set(query, document);
    }
    return document;
  };

  return {
    async start() {
      await server.start();
    },
    async execute(request) {
      const read = attempt(() => readRequest(request.body, PLANNERS));
      if (read instanceof GraphQLError) return refusal(read, log);
      const headers = new HeaderMap([['content-type', 'application/json']]);
      const response = await server.executeHTTPGraphQLRequest({
        httpGraphQLRequest: { method: 'POST', headers, search: '', body: read },
        context: () => contextFor(request, read),
      });
      if (response.body.kind !== 'complete') throw new Error('a subgraph does not answer in parts');
      return { status: response.status ?? 200, headers: response.headers, body: response.body.string };
    },
    async subscribe(request) {
      try {
        const read = readRequest(request.body, PLANNERS);
        const contextValue = await contextFor(request, read);
        const document = documentOf(read.query ?? '');
        const operation = chooseOperation(document, read.operationName);
        if (operation.operation !== OperationTypeNode.SUBSCRIPTION) throw onlySubscriptions();
        const variables = read.variables ?? {};
        const { errors } = getVariableValues(schema, operation.variableDefinitions ?? [], variables, {
          maxErrors: MAXIMUM_ERRORS,
        });
        if (errors) return masked({ errors: errors.map((each) => withCode(each, 'BAD_USER_INPUT')) }, log);
        const result = await subscribe({
          schema,
          document,
          contextValue,
          variableValues: variables,
          operationName: operation.name?.value ?? null,
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

const MAXIMUM_TOKENS = 5000;

const RULES = [...specifiedRules, boundedListsRule];

/** The variable of `_entities` is as long as the lists of the answer that the gateway completes with it. */
const PLANNERS: ReadonlySet<string> = new Set(['representations']);

/** A result as it may leave: plain JSON, faults masked. */
function masked(result: ExecutionResult, log: Log): ExecutionResult {
  const { errors, ...rest } = result;
  const shown = errors?.map((error) => maskError(error.toJSON(), error, log));
  return JSON.parse(JSON.stringify(bounded({ ...rest, ...(shown && { errors: shown }) }))) as ExecutionResult;
}

function bounded<Result extends { readonly errors?: readonly GraphQLFormattedError[] }>(
  result: Result,
): Result {
  if (!result.errors) return result;
  return {
    ...result,
    errors: boundErrors(result.errors, (message, extensions) => ({ message, extensions })),
  };
}

function attempt<Result>(work: () => Result): Result | GraphQLError {
  try {
    return work();
  } catch (error) {
    if (error instanceof GraphQLError) return error;
    throw error;
  }
}

function parsed(query: string): DocumentNode {
  try {
    return parse(query, { maxTokens: MAXIMUM_TOKENS });
  } catch (error) {
    throw withCode(error as GraphQLError, 'GRAPHQL_PARSE_FAILED');
  }
}

function withCode({ message, nodes, source, positions }: GraphQLError, code: string): GraphQLError {
  return new GraphQLError(message, {
    nodes: nodes ?? null,
    source: source ?? null,
    positions: positions ?? null,
    extensions: { code },
  });
}

/** The answer to what never became an operation. */
function refusal(error: GraphQLError, log: Log): OutgoingResponse {
  const body = JSON.stringify({ errors: [maskError(error.toJSON(), error, log)] });
  return { status: 400, headers: new Map([['content-type', 'application/json']]), body };
}

function onlySubscriptions(): GraphQLError {
  return new GraphQLError('Only subscriptions are taken over WebSocket; send this over HTTP.', {
    extensions: { code: 'ONLY_SUBSCRIPTIONS' },
  });
}
