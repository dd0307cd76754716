import type { ExecutionResult } from 'graphql';
import { buildConnector, Pool } from 'undici';
import { describeError } from '../health/describeError.js';
import type { ClientTls } from '../tls/clientTls.js';
import { createCondition, type Condition } from './condition.js';
import { createSubscriptionSocket } from './createSubscriptionSocket.js';
import { IDENTITY_HEADER, REQUEST_ID_HEADER } from './headers.js';
import { InstanceFailure } from './instanceFailure.js';
import { NOT_READY, type SubgraphRequest } from './subgraphTransport.js';

/** One address of a subgraph. */
export interface HttpInstance {
  /** Its GraphQL address, `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  /** Kept up to date by `execute` and `subscribe`. */
  readonly condition: Condition;
  /** Runs a query or mutation. @throws InstanceFailure when there is no answer. */
  execute(request: SubgraphRequest, signal: AbortSignal): Promise<ExecutionResult>;
  /** Begins a subscription. The iterator throws InstanceFailure when the connection can't be made or is lost. */
  subscribe(request: SubgraphRequest): AsyncIterableIterator<ExecutionResult>;
  close(): Promise<void>;
}

/** How an address is reached. */
export interface HttpInstanceOptions {
  readonly url: string;
  readonly connections: number;
  /** For a connection to be made, in milliseconds. */
  readonly connectMs: number;
  readonly tls: ClientTls;
}

/** Who gives no answer for so many milliseconds is passed over for a while. */
const STALLED_MS = 5000;

/**
 * An idle connection is given up after so many milliseconds, long before a server that drains closes it (`LINGER_MS`):
 * a request must not meet the end of its connection half-way, for then nobody knows whether it was done.
 */
const IDLE_MS = 1000;

/** One address over HTTP (undici) and, for subscriptions, one shared WebSocket. */
export function createHttpInstance({ url, connections, connectMs, tls }: HttpInstanceOptions): HttpInstance {
  const { origin, pathname } = new URL(url);
  const condition = createCondition();
  const unconnected = new WeakSet();
  const connector = buildConnector({ timeout: connectMs, ...tls });
  const pool = new Pool(origin, {
    connections,
    pipelining: 1,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: IDLE_MS,
    connect(options, callback) {
      connector(options, (...[error, socket]) => {
        if (error) {
          unconnected.add(error);
          callback(error, null);
        } else callback(null, socket);
      });
    },
  });
  const socket = createSubscriptionSocket({ url, tls, condition });

  return {
    url,
    condition,
    subscribe: (request) => socket.subscribe(request),
    async execute({ query, variables, operationName, identity, requestId }, signal) {
      const askedAt = performance.now();
      try {
        const { statusCode, headers, body } = await pool.request({
          path: pathname,
          method: 'POST',
          headers: {
            'content-type': 'application/json',
            [IDENTITY_HEADER]: identity,
            [REQUEST_ID_HEADER]: requestId,
          },
          body: JSON.stringify({ query, variables, operationName }),
          signal,
        });
        const result = parseResult(await body.text());
        if (isNotReady(statusCode, result)) throw new InstanceFailure('it is not ready', false);
        if (!result) throw new InstanceFailure(`answered with status ${statusCode}`, true);
        // A server that drains says so with every answer.
        if (headers['connection'] === 'close') condition.failed();
        else condition.answered();
        return result;
      } catch (error) {
        // A caller who soon gives up says nothing about the instance.
        if (!signal.aborted || performance.now() - askedAt > STALLED_MS) condition.failed();
        if (error instanceof InstanceFailure) throw error;
        throw new InstanceFailure(describeError(error), !unconnected.has(error as object));
      }
    },
    async close() {
      await socket.close();
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

/** Whether a process refused the request because it still waits for what it needs: nothing was done. */
function isNotReady(status: number, result: ExecutionResult | null): boolean {
  return status === 503 && result?.errors?.[0]?.extensions?.['code'] === NOT_READY;
}
