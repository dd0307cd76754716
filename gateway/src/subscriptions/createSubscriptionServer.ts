import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import {
  chooseOperation,
  CLIENT_BOUNDS,
  createSocketServer,
  readRequest,
  type Clock,
  type Log,
  type SocketExtra,
} from '@foyer/platform';
import {
  GraphQLError,
  OperationTypeNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type GraphQLSchema,
} from 'graphql';
import { authorizationIn, showsAuthorization } from '../auth/authorizationIn.js';
import type { Authenticate } from '../auth/createAuthenticate.js';
import type { OperationRequest } from '../execution/createExecutor.js';
import type { OriginCheck } from '../server/allowedOrigins.js';
import { clientAddress } from '../server/clientAddress.js';
import type { EndedSessions } from '../sessions/endedSessions.js';
import { admitUpgrade } from './admitUpgrade.js';
import { begin } from './begin.js';
import { closeCodeFor, type CloseCode } from './closeCodes.js';
import type { Connection } from './connection.js';
import { createConnections } from './createConnections.js';
import type { Documents } from './createDocuments.js';
import type { Subscriber } from './createSubscriber.js';
import { renew } from './renew.js';

/** How many live connections and subscriptions are taken, and for how long. */
export interface SubscriptionLimits {
  readonly perSocket: number;
  readonly socketsPerAddress: number;
  /** From a token's expiry to the end of its connection, in milliseconds. */
  readonly graceMs: number;
}

/** What the server stands on. */
export interface SubscriptionServerOptions {
  readonly schema: GraphQLSchema;
  readonly documents: Documents;
  readonly subscriber: Subscriber;
  readonly authenticate: Authenticate;
  readonly endedSessions: EndedSessions;
  readonly limits: SubscriptionLimits;
  readonly origins: OriginCheck;
  readonly trustedProxies: number;
  readonly clock: Clock;
  readonly log: Log;
  /** What a client may learn of an error. */
  readonly publicError: (error: unknown) => GraphQLFormattedError;
}

/** Takes subscriptions over WebSocket. */
export interface SubscriptionServer {
  /** Takes an upgrade of the HTTP server; refuses it anywhere but at `/graphql`. */
  upgrade(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Closes every socket with 1001 and waits until they are gone. */
  stop(): Promise<void>;
  /** Open connections. */
  readonly size: number;
}

const SWEEP_MS = 1000;

/** What belongs to a socket. */
type Extra = SocketExtra & {
  closed?: boolean;
  connection?: Connection;
  forget?: () => void;
};

/** A server of the graphql-transport-ws protocol (https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md). */
export function createSubscriptionServer(options: SubscriptionServerOptions): SubscriptionServer {
  const { schema, documents, subscriber, authenticate, endedSessions, limits, clock, publicError } = options;
  const connections = createConnections(endedSessions, clock, limits.graceMs);
  const perAddress = new Map<string, number>();
  const sweeping = setInterval(() => {
    connections.sweep();
  }, SWEEP_MS);
  sweeping.unref();
  let stopping: Promise<void> | null = null;

  const addressOf = (request: IncomingMessage): string => clientAddress(request, options.trustedProxies);

  const sockets = createSocketServer<Extra>({
    hooks: {
      async onConnect({ connectionParams, extra }) {
        const { socket, request } = extra;
        const close = ({ code, reason }: CloseCode): void => {
          socket.close(code, reason);
        };
        try {
          const caller = await authenticate(authorizationIn(connectionParams), addressOf(request));
          if (extra.closed === true) return false;
          extra.connection = { caller, subscriptions: 0, close };
          extra.forget = connections.add(extra.connection);
          return true;
        } catch (error) {
          close(closeCodeFor(error));
          return false;
        }
      },
      async onPing({ extra }, payload) {
        if (!extra.connection || !showsAuthorization(payload)) return;
        await renew(extra.connection, () => authenticate(authorizationIn(payload), addressOf(extra.request)));
      },
      onSubscribe({ extra }, _id, payload) {
        const { connection } = extra;
        if (!connection) return [refusal('CONNECTION_NOT_READY', 'Send connection_init first.')];
        if (connection.subscriptions >= limits.perSocket) return [tooMany(limits.perSocket)];
        const request = readSubscription(payload, documents);
        if (!('document' in request)) return [...request];
        const results = begin(subscriber, request, connection);
        if (!('next' in results)) return [...results];
        const { document, operationName = null } = request;
        return { schema, document, operationName, contextValue: results };
      },
      subscribe: ({ contextValue }) =>
        contextValue as ReturnType<Subscriber> & AsyncIterableIterator<ExecutionResult>,
      onNext: (_context, _id, _payload, _args, { data, errors }) => ({
        ...(data !== undefined && { data }),
        ...(errors && { errors: errors.map((error) => publicError(error)) }),
      }),
      onError: (_context, _id, _payload, errors) => errors.map((error) => publicError(error)),
      onClose({ extra }) {
        extra.closed = true;
        extra.forget?.();
      },
    },
    boundsOf: () => CLIENT_BOUNDS,
    largestBytes: CLIENT_BOUNDS.operationBytes,
    log: options.log,
  });

  const upgrade = (request: IncomingMessage, socket: Duplex, head: Buffer): void => {
    const address = addressOf(request);
    const open = perAddress.get(address) ?? 0;
    const { socketsPerAddress } = limits;
    if (
      !admitUpgrade({
        request,
        socket,
        origins: options.origins,
        stopping: stopping !== null,
        full: open >= socketsPerAddress,
      })
    )
      return;
    perAddress.set(address, open + 1);
    socket.once('close', () => {
      const left = (perAddress.get(address) ?? 1) - 1;
      if (left > 0) perAddress.set(address, left);
      else perAddress.delete(address);
    });
    sockets.accept(request, socket, head);
  };

  return {
    get size() {
      return connections.size;
    },
    upgrade,
    stop() {
      stopping ??= (async () => {
        clearInterval(sweeping);
        connections.stop();
        await sockets.stop();
      })();
      return stopping;
    },
  };
}

/** The subscription that a message means, or what is wrong with it. */
function readSubscription(
  payload: unknown,
  documents: Documents,
): OperationRequest | readonly GraphQLError[] {
  try {
    const { query = '', operationName, variables } = readRequest(payload);
    const document = documents(query);
    if (!('kind' in document)) return document;
    const { operation, name } = chooseOperation(document, operationName);
    if (operation !== OperationTypeNode.SUBSCRIPTION) {
      return [refusal('ONLY_SUBSCRIPTIONS', 'Send queries and mutations over HTTP to this same address.')];
    }
    return { document, operationName: name?.value ?? null, variables };
  } catch (error) {
    if (error instanceof GraphQLError) return [error];
    throw error;
  }
}

function tooMany(limit: number): GraphQLError {
  return refusal(
    'TOO_MANY_SUBSCRIPTIONS',
    `A connection carries at most ${limit} subscriptions: end one first.`,
    { limit },
  );
}

function refusal(
  code: string,
  message: string,
  extensions: Readonly<Record<string, unknown>> = {},
): GraphQLError {
  return new GraphQLError(message, { extensions: { code, ...extensions } });
}
