import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { pathOf } from '../entrance/answerUnserved.js';
import { createSocketServer, type SocketExtra } from '../entrance/createSocketServer.js';
import { CLIENT_BOUNDS, type SocketBounds } from '../entrance/socketBounds.js';
import type { Log } from '../log/createLog.js';
import {
  IDENTITY_EXTENSION,
  IDENTITY_HEADER,
  REQUEST_ID_EXTENSION,
  REQUEST_ID_HEADER,
} from '../transport/headers.js';
import type { IncomingRequest, SubgraphExecutor } from './createExecutor.js';
import { mapResults } from './mapResults.js';

/** Takes a subgraph's subscriptions over graphql-ws. */
export interface SubscriptionServer {
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends all with close code 1001. Called once. */
  stop(): Promise<void>;
}

/** What belongs to a socket. */
type Extra = SocketExtra & {
  /** Whether an identity that was shown on it is good: it is the gateway's, then. */
  trusted?: boolean;
};

/** One socket of the gateway carries the subscriptions of everybody there. */
const GATEWAY_BOUNDS: SocketBounds = {
  ...CLIENT_BOUNDS,
  operationBytes: 1_000_000,
  messagesPerSecond: 20_000,
  waitingBytes: 64_000_000,
};

/** Somebody whose identity is not known yet: the gateway may begin with all its subscriptions. */
const STRANGER_BOUNDS: SocketBounds = { ...GATEWAY_BOUNDS, waitingBytes: CLIENT_BOUNDS.waitingBytes };

/** graphql-ws wants a document that is a subscription; the executor reads the real one, as it does for HTTP. */
const ANY = parse('subscription { any }');

/** A server of the graphql-transport-ws protocol in which each subscription carries its own identity. */
export function createSubscriptionServer(
  schema: GraphQLSchema,
  executor: SubgraphExecutor,
  log: Log,
): SubscriptionServer {
  const sockets = createSocketServer<Extra>({
    hooks: {
      onSubscribe: ({ extra }, _id, payload) => {
        const request: IncomingRequest = {
          body: payload,
          headers: {
            [IDENTITY_HEADER]: textOf(payload.extensions?.[IDENTITY_EXTENSION]),
            [REQUEST_ID_HEADER]: textOf(payload.extensions?.[REQUEST_ID_EXTENSION]),
          },
          address: extra.request.socket.remoteAddress ?? '',
        };
        return { schema, document: ANY, contextValue: { request, extra } };
      },
      subscribe: async ({ contextValue }) => {
        const { request, extra } = contextValue as { request: IncomingRequest; extra: Extra };
        const results = await executor.subscribe(request);
        if (Symbol.asyncIterator in results) extra.trusted = true;
        return revived(results);
      },
    },
    boundsOf: ({ trusted }) => (trusted === true ? GATEWAY_BOUNDS : STRANGER_BOUNDS),
    largestBytes: GATEWAY_BOUNDS.operationBytes,
    log,
  });
  return {
    upgrade(request, socket, head) {
      if (pathOf(request) === '/graphql') sockets.accept(request, socket, head);
      else socket.destroy();
    },
    stop: () => sockets.stop(),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

type Results = AsyncIterableIterator<ExecutionResult>;

/** graphql-ws wants errors that know how to write themselves; the executor's are plain JSON. */
function revived(result: Results | ExecutionResult): Results | ExecutionResult {
  if (Symbol.asyncIterator in result) return mapResults(result, revivedOne);
  return revivedOne(result);
}

function revivedOne(result: ExecutionResult): ExecutionResult {
  if (!result.errors) return result;
  const errors = result.errors.map(
    ({ message, path, extensions }) => new GraphQLError(message, { path, extensions }),
  );
  return { ...result, errors };
}
