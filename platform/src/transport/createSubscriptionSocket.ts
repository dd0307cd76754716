import type { ExecutionResult } from 'graphql';
import { createClient } from 'graphql-ws';
import WebSocket from 'ws';
import { describeError } from '../health/describeError.js';
import type { ClientTls } from '../tls/clientTls.js';
import type { Condition } from './condition.js';
import { IDENTITY_EXTENSION, REQUEST_ID_EXTENSION } from './headers.js';
import { InstanceFailure } from './instanceFailure.js';
import type { SubgraphRequest } from './subgraphTransport.js';

/** The subscriptions of many people at one address. */
export interface SubscriptionSocket {
  /** @throws InstanceFailure from `next()` when the connection can't be made or is lost. */
  subscribe(request: SubgraphRequest): AsyncIterableIterator<ExecutionResult>;
  close(): Promise<void>;
}

/** Where it leads. */
export interface SubscriptionSocketOptions {
  /** The GraphQL address, `http://127.0.0.1:4001/graphql`. */
  readonly url: string;
  readonly tls: ClientTls;
  readonly condition: Condition;
}

const PING_MS = 10_000;
const PONG_MS = 5000;

/** One WebSocket (graphql-ws) that is opened by the first subscription and made anew after a loss by the next. */
export function createSubscriptionSocket(options: SubscriptionSocketOptions): SubscriptionSocket {
  const { tls, condition } = options;
  const url = new URL(options.url);
  url.protocol = url.protocol === 'https:' ? 'wss:' : 'ws:';
  let unanswered: NodeJS.Timeout | undefined;
  const client = createClient({
    url: url.href,
    webSocketImpl: class extends WebSocket {
      constructor(address: string, protocols: string | string[]) {
        super(address, protocols, tls);
      }
    },
    lazy: true,
    // A lost connection ends its subscriptions with an error; whoever subscribed decides about beginning again.
    retryAttempts: 0,
    keepAlive: PING_MS,
    on: {
      connected: () => {
        condition.answered();
      },
      // A process that hangs, or a machine that vanished, closes nothing.
      ping: (received) => {
        if (received) return;
        unanswered = setTimeout(() => {
          client.terminate();
        }, PONG_MS);
      },
      pong: (received) => {
        if (received) clearTimeout(unanswered);
      },
      closed: () => {
        clearTimeout(unanswered);
      },
    },
  });

  return {
    subscribe({ query, variables, operationName, identity, requestId }) {
      const results = client.iterate({
        query,
        variables: variables ?? null,
        operationName: operationName ?? null,
        extensions: { [IDENTITY_EXTENSION]: identity, [REQUEST_ID_EXTENSION]: requestId },
      }) as AsyncIterableIterator<ExecutionResult>;
      return {
        async next() {
          try {
            return await results.next();
          } catch (error) {
            // graphql-ws rejects with the list of GraphQL errors when the server refused the operation.
            if (Array.isArray(error))
              return { done: false, value: { errors: error as ExecutionResult['errors'] & object } };
            condition.failed();
            throw new InstanceFailure(reasonOf(error), true);
          }
        },
        async return() {
          await results.return?.();
          return { done: true, value: undefined };
        },
        [Symbol.asyncIterator]() {
          return this;
        },
      };
    },
    async close() {
      clearTimeout(unanswered);
      await client.dispose();
    },
  };
}

/** What a close event or an error says. */
function reasonOf(error: unknown): string {
  if (error !== null && typeof error === 'object' && 'code' in error && 'reason' in error) {
    return `the connection was closed (${String(error.code)} ${String(error.reason)})`.replace(' )', ')');
  }
  return error === undefined ? 'the connection was lost' : describeError(error);
}
