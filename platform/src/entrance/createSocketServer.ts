import type { IncomingMessage } from 'node:http';
import type { Duplex } from 'node:stream';
import { GraphQLError } from 'graphql';
import {
  CloseCode,
  handleProtocols,
  makeServer,
  type ConnectionInitMessage,
  type ServerOptions,
} from 'graphql-ws';
import { WebSocketServer, type WebSocket } from 'ws';
import type { Log } from '../log/createLog.js';
import { closeSockets } from './closeSockets.js';
import { createRateMeter } from './createRateMeter.js';
import { keepAlive } from './keepAlive.js';
import { SOCKET_CLOSE, type SocketBounds } from './socketBounds.js';

/** What belongs to a socket; an alias, because graphql-ws wants what an interface is not: indexable. */
export type SocketExtra = {
  readonly socket: WebSocket;
  readonly request: IncomingMessage;
};

/** graphql-ws's hooks, each with what belongs to the socket. */
export type SocketHooks<Extra extends SocketExtra> = ServerOptions<ConnectionInitMessage['payload'], Extra>;

/** The WebSockets of an entrance. */
export interface SocketServer {
  /** Makes an upgrade of the HTTP server a socket. */
  accept(request: IncomingMessage, socket: Duplex, head: Buffer): void;
  /** Ends all with close code 1001. Called once. */
  stop(): Promise<void>;
}

/** How a socket server is made. */
export interface SocketServerOptions<Extra extends SocketExtra> {
  readonly hooks: SocketHooks<Extra>;
  /** What a socket may cost now; asked at each message. */
  readonly boundsOf: (extra: Extra) => SocketBounds;
  /** The largest that any socket's bounds have for an operation: more is not even read. */
  readonly largestBytes: number;
  readonly log: Log;
  /** Milliseconds of a clock that never goes back. */
  readonly now?: () => number;
}

/** Ids of operations come back with every value. */
const LONGEST_ID = 128;
/** For so long a socket that is closed may take its reason, in milliseconds. */
const TAKE_MS = 1000;

/**
 * A server of the graphql-transport-ws protocol whose sockets are bounded: size of messages, messages a second, and what
 * waits for a client that does not read. Past a bound a socket is closed by name (`SOCKET_CLOSE`), and nothing more of what
 * it sends is looked at.
 * @see https://github.com/enisdenjo/graphql-ws/blob/master/PROTOCOL.md
 */
export function createSocketServer<Extra extends SocketExtra>(
  options: SocketServerOptions<Extra>,
): SocketServer {
  const { hooks, boundsOf, largestBytes, log, now = () => performance.now() } = options;
  const sockets = new WebSocketServer({ noServer: true, maxPayload: largestBytes, handleProtocols });
  const server = makeServer<ConnectionInitMessage['payload'], Extra>({
    ...hooks,
    onSubscribe(context, id, payload) {
      if (id.length <= LONGEST_ID) return hooks.onSubscribe?.(context, id, payload);
      end(context.extra.socket, SOCKET_CLOSE.longId);
      return [new GraphQLError(SOCKET_CLOSE.longId.reason)];
    },
  });

  const serve = (socket: WebSocket, request: IncomingMessage): void => {
    const extra = { socket, request } as Extra;
    const takes = createRateMeter(boundsOf(extra).messagesPerSecond, now);
    let handle: (text: string) => Promise<void> = () => Promise.resolve();
    /** Whether one more message may be looked at; else the socket is being closed. */
    const admits = (bytes: number, isOperation: () => boolean): boolean => {
      // What still comes after the end is dropped.
      if (socket.readyState !== socket.OPEN) return false;
      const { messageBytes, operationBytes, waitingBytes } = boundsOf(extra);
      if (!takes()) end(socket, SOCKET_CLOSE.tooMany);
      else if (socket.bufferedAmount > waitingBytes) end(socket, SOCKET_CLOSE.notRead);
      else if (bytes > operationBytes || (bytes > messageBytes && !isOperation()))
        end(socket, SOCKET_CLOSE.tooBig);
      else return true;
      return false;
    };

    const closed = server.opened(
      {
        protocol: socket.protocol,
        send: (text) =>
          new Promise((resolve, reject) => {
            const waiting = socket.bufferedAmount;
            if (socket.readyState !== socket.OPEN) resolve();
            else if (waiting > 0 && waiting + text.length > boundsOf(extra).waitingBytes) {
              end(socket, SOCKET_CLOSE.notRead);
              resolve();
            } else
              socket.send(text, (error) => {
                if (error) reject(error);
                else resolve();
              });
          }),
        close: (code, reason) => {
          socket.close(code, reason);
        },
        onMessage: (handler) => {
          handle = handler;
        },
      },
      extra,
    );
    const quiet = keepAlive(socket);
    const control = (payload: Buffer): void => void admits(payload.length, () => false);
    socket
      .on('ping', control)
      .on('pong', control)
      .on('message', (data: Buffer) => {
        const text = data.toString();
        if (!admits(data.length, () => isSubscribe(text))) return;
        handle(text).catch((error: unknown) => {
          // A socket that ends while something is sent to it.
          if (socket.readyState !== socket.OPEN) return;
          log.error({ err: error }, 'a message of a socket failed');
          end(socket, { code: CloseCode.InternalServerError, reason: 'Internal server error' });
        });
      })
      // Frames that break the protocol, and those past `largestBytes`: ws has closed the socket by code.
      .on('error', () => undefined)
      .once('close', (code, reason) => {
        quiet();
        closed(code, reason.toString()).catch((error: unknown) => {
          log.error({ err: error }, 'the end of a socket failed');
        });
      });
  };

  return {
    accept(request, socket, head) {
      sockets.handleUpgrade(request, socket, head, (client) => {
        serve(client, request);
      });
    },
    stop: () =>
      closeSockets(
        sockets,
        () =>
          new Promise((resolve) => {
            sockets.close(() => {
              resolve();
            });
          }),
      ),
  };
}

/** Closes a socket; one that does not take that is cut off, and what waits for it is given up. */
function end(socket: WebSocket, { code, reason }: { readonly code: number; readonly reason: string }): void {
  socket.close(code, reason);
  const cut = setTimeout(() => {
    socket.terminate();
  }, TAKE_MS);
  socket.once('close', () => {
    clearTimeout(cut);
  });
}

/** Read as graphql-ws reads it. */
function isSubscribe(text: string): boolean {
  try {
    return (JSON.parse(text) as { type?: unknown } | null)?.type === 'subscribe';
  } catch {
    return false;
  }
}
