import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import { Pool } from 'undici';
import WebSocket from 'ws';
import { IDENTITY_EXTENSION, IDENTITY_HEADER, REQUEST_ID_EXTENSION, REQUEST_ID_HEADER } from './headers.js';
import { DEFAULT_TIMEOUT_MS, SubgraphUnavailable, type SubgraphTransport } from './subgraphTransport.js';
import { withTimeout } from './withTimeout.js';

/** Where and how a subgraph is reached over the network. */
export interface HttpTransportOptions {
  readonly subgraph: string;
  /** The subgraph's GraphQL address, `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  readonly timeoutMs?: number;
  /** Connections kept to the subgraph. */
  readonly connections?: number;
}

/** A transport over HTTP (undici) and, for subscriptions, one shared WebSocket (graphql-ws). */
export function createHttpTransport(options: HttpTransportOptions): SubgraphTransport {
  const { subgraph, timeoutMs = DEFAULT_TIMEOUT_MS, connections = 64 } = options;
  const url = new URL(options.url);
  const pool = new Pool(url.origin, { connections, pipelining: 1 });
  const socketUrl = new URL(url);
  socketUrl.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  const socket = createClient({
    url: socketUrl.href,
    webSocketImpl: WebSocket,
    lazy: true,
    // A lost connection ends its subscriptions with an error; whoever subscribed decides about beginning again.
    retryAttempts: 0,
    keepAlive: 10_000,
  });

  return {
    execute: (request) =>
      withTimeout(subgraph, timeoutMs, request.signal, async (signal) => {
        const { query, variables, operationName } = request;
        try {
          const { statusCode, body } = await pool.request({
            path: url.pathname,
            method: 'POST',
            headers: {
              'content-type': 'application/json',
              [IDENTITY_HEADER]: request.identity,
              [REQUEST_ID_HEADER]: request.requestId,
            },
            body: JSON.stringify({ query, variables, operationName }),
            signal,
          });
          const text = await body.text();
          const result = parseResult(text);
          if (!result) throw new SubgraphUnavailable(subgraph, `answered with status ${statusCode}`);
          return result;
        } catch (error) {
          if (error instanceof SubgraphUnavailable) throw error;
          throw new SubgraphUnavailable(subgraph, (error as Error).message);
        }
      }),

    subscribe(request) {
      const { query, variables, operationName, identity, requestId, signal } = request;
      const results = socket.iterate({
        query,
        variables: variables ?? null,
        operationName: operationName ?? null,
        extensions: { [IDENTITY_EXTENSION]: identity, [REQUEST_ID_EXTENSION]: requestId },
      });
      signal?.addEventListener('abort', () => void results.return?.(), { once: true });
      return Promise.resolve(mapFailure(results as AsyncIterableIterator<ExecutionResult>, subgraph));
    },

    async close() {
      await socket.dispose();
      await pool.close();
    },
  };
}

/** @returns null when the text is no GraphQL response. */
function parseResult(text: string): ExecutionResult | null {
  try {
    const value = JSON.parse(text) as ExecutionResult | null;
    return value !== null && typeof value === 'object' && ('data' in value || 'errors' in value)
      ? value
      : null;
  } catch {
    return null;
  }
}

/** Turns a lost socket, and an operation refused before it began, into what the port promises. */
function mapFailure(
  results: AsyncIterableIterator<ExecutionResult>,
  subgraph: string,
): AsyncIterableIterator<ExecutionResult> {
  return {
    async next() {
      try {
        return await results.next();
      } catch (error) {
        // graphql-ws rejects with the list of GraphQL errors when the server refused the operation.
        if (Array.isArray(error))
          return { done: false, value: { errors: error as ExecutionResult['errors'] & object } };
        const reason = error instanceof Error ? error.message : 'the connection was lost';
        throw new SubgraphUnavailable(subgraph, reason);
      }
    },
    return: (value) => results.return?.(value) ?? Promise.resolve({ done: true, value: undefined }),
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
