import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError, parse, type DocumentNode, type ExecutionResult, type GraphQLSchema } from 'graphql';
import { useServer } from 'graphql-ws/use/ws';
import { WebSocketServer } from 'ws';
import { closeSockets } from '../entrance/closeSockets.js';
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

/** A server of the graphql-transport-ws protocol in which each subscription carries its own identity. */
export function createSubscriptionServer(
  schema: GraphQLSchema,
  executor: SubgraphExecutor,
): SubscriptionServer {
  const sockets = new WebSocketServer({ noServer: true, maxPayload: 1_000_000 });
  const graphql = useServer(
    {
      onSubscribe: (connection, _id, payload) => {
        const document = parseOperation(payload.query);
        if (document instanceof GraphQLError) return [document];
        const { extra } = connection as { extra: { request: { socket: { remoteAddress?: string } } } };
        const request: IncomingRequest = {
          body: payload,
          headers: {
            [IDENTITY_HEADER]: textOf(payload.extensions?.[IDENTITY_EXTENSION]),
            [REQUEST_ID_HEADER]: textOf(payload.extensions?.[REQUEST_ID_EXTENSION]),
          },
          address: extra.request.socket.remoteAddress ?? '',
        };
        return { schema, document, contextValue: request };
      },
      // The executor validates, authenticates and masks, as it does for HTTP.
      subscribe: async ({ contextValue }) =>
        revived(await executor.subscribe(contextValue as IncomingRequest)),
      execute: () => ({
        errors: [new GraphQLError('Only subscriptions are taken over WebSocket; send this over HTTP.')],
      }),
    },
    sockets,
  );
  return {
    upgrade(request, socket, head) {
      if (request.url?.split('?')[0] !== '/graphql') {
        socket.destroy();
        return;
      }
      sockets.handleUpgrade(request, socket, head, (client) => sockets.emit('connection', client, request));
    },
    stop: () => closeSockets(sockets, graphql.dispose),
  };
}

function textOf(value: unknown): string | undefined {
  return typeof value === 'string' ? value : undefined;
}

function parseOperation(query: string): DocumentNode | GraphQLError {
  try {
    return parse(query, { maxTokens: 5000 });
  } catch (error) {
    return error as GraphQLError;
  }
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
