import WebSocket, { type ClientOptions } from 'ws';
import { waitUntil } from '@foyer/platform/testing';
import type { World } from './createWorld.js';

/** A message of graphql-transport-ws. */
export interface Message {
  readonly type: string;
  readonly id?: string;
  readonly payload?: unknown;
}

/** A client that speaks the protocol by hand. */
export interface RawSocket {
  readonly socket: WebSocket;
  /** Messages received so far. */
  readonly messages: readonly Message[];
  send(message: Message): void;
  subscribe(id: string, query: string, variables?: Readonly<Record<string, unknown>>): void;
  /** The next message that has not been taken. @throws when none comes within 5 s. */
  take(): Promise<Message>;
  /** Resolves when the socket is closed: `4401 Token expired`. */
  readonly closed: Promise<string>;
}

/** Opens a socket and sends `connection_init` with these parameters; the acknowledgement is the first message. */
export function rawSocket(
  world: World,
  params?: Readonly<Record<string, unknown>>,
  options?: ClientOptions,
): RawSocket {
  const socket = new WebSocket(`${world.url.replace('http', 'ws')}/graphql`, 'graphql-transport-ws', options);
  const messages: Message[] = [];
  let taken = 0;
  const send = (message: Message): void => {
    socket.send(JSON.stringify(message));
  };
  socket.on('error', () => undefined);
  socket.on('open', () => {
    send({ type: 'connection_init', ...(params && { payload: params }) });
  });
  socket.on('message', (data: Buffer) => messages.push(JSON.parse(data.toString()) as Message));
  return {
    socket,
    messages,
    send,
    subscribe: (id, query, variables) => {
      send({ id, type: 'subscribe', payload: { query, ...(variables && { variables }) } });
    },
    async take() {
      await waitUntil(() => messages.length > taken);
      taken += 1;
      return messages[taken - 1] as Message;
    },
    closed: new Promise((resolve) => {
      socket.on('close', (code, reason) => {
        resolve(`${code} ${reason.toString()}`);
      });
    }),
  };
}
