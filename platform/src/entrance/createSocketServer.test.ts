import { once } from 'node:events';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { buildSchema, parse } from 'graphql';
import WebSocket from 'ws';
import { createLog } from '../log/createLog.js';
import { waitUntil } from '../testing/waitUntil.js';
import { createRateMeter } from './createRateMeter.js';
import { createSocketServer, type SocketExtra, type SocketServer } from './createSocketServer.js';

const BOUNDS = { operationBytes: 5000, messageBytes: 1000, messagesPerSecond: 50, waitingBytes: 300_000 };

describe('a socket', () => {
  let http: Server;
  let server: SocketServer;
  let sockets: SocketExtra['socket'][];
  let subscribed: number;

  beforeEach(async () => {
    sockets = [];
    subscribed = 0;
    server = createSocketServer<SocketExtra>({
      hooks: {
        onConnect: ({ extra }) => {
          sockets.push(extra.socket);
        },
        onSubscribe: () => {
          subscribed += 1;
          return { schema: buildSchema('type Query { a: Int }'), document: parse('{ a }') };
        },
        execute: () => ({ data: { a: 1 } }),
      },
      boundsOf: () => BOUNDS,
      largestBytes: BOUNDS.operationBytes,
      log: createLog('test', 'silent'),
      now: () => 0,
    });
    http = createServer().on('upgrade', (...upgrade) => {
      server.accept(...upgrade);
    });
    http.listen(0, '127.0.0.1');
    await once(http, 'listening');
  });
  afterEach(async () => {
    await server.stop();
    http.close();
  });

  const open = async () => {
    const { port } = http.address() as AddressInfo;
    const socket = new WebSocket(`ws://127.0.0.1:${port}`, 'graphql-transport-ws');
    socket.on('error', () => undefined);
    const received: { type: string; payload?: unknown }[] = [];
    socket.on('message', (data: Buffer) => {
      received.push(JSON.parse(data.toString()) as { type: string });
    });
    const closed = (once(socket, 'close') as Promise<[number, Buffer]>).then(
      ([code, reason]) => `${code} ${reason.toString()}`,
    );
    await once(socket, 'open');
    const send = (message: object): void => {
      socket.send(JSON.stringify(message));
    };
    send({ type: 'connection_init' });
    await waitUntil(() => received.some(({ type }) => type === 'connection_ack'));
    return { socket, received, closed, send };
  };
  const padded = (bytes: number): object => ({ text: 'x'.repeat(bytes) });

  test('carries operations, pings and their payloads within its bounds', async () => {
    const { send, received, socket } = await open();
    send({ type: 'ping', payload: padded(500) });
    send({ type: 'subscribe', id: '1', payload: { query: '{ a }', extensions: padded(4000) } });
    await waitUntil(() => received.some(({ type }) => type === 'complete'));
    expect(received).toContainEqual({ type: 'pong', payload: padded(500) });
    expect(received).toContainEqual({ id: '1', type: 'next', payload: { data: { a: 1 } } });
    socket.close();
  });

  test.each<[string, object]>([
    ['a large ping', { type: 'ping', payload: padded(1000) }],
    ['a large pong', { type: 'pong', payload: padded(1000) }],
    [
      'a large ping that holds the word for an operation',
      { payload: { type: 'subscribe', ...padded(1000) }, type: 'ping' },
    ],
    ['no JSON', padded(1000)],
  ])('with %s is closed', async (_what, message) => {
    const { send, closed } = await open();
    send(message);
    expect(await closed).toBe('1009 Message too big');
  });

  test('with an operation larger than any may be is closed', async () => {
    const { send, closed } = await open();
    send({ type: 'subscribe', id: '1', payload: { query: '{ a }', extensions: padded(5000) } });
    expect(await closed).toMatch(/^1009/);
    expect(subscribed).toBe(0);
  });

  test('with an id that would make every value large is closed', async () => {
    const { send, closed } = await open();
    send({ type: 'subscribe', id: 'x'.repeat(129), payload: { query: '{ a }' } });
    expect(await closed).toBe('1008 Id too long');
    expect(subscribed).toBe(0);
  });

  test('with more messages than a second may have is closed, and the rest is not looked at', async () => {
    const { send, closed } = await open();
    for (let index = 0; index < 200; index += 1) {
      send({ type: 'subscribe', id: `${index}`, payload: { query: '{ a }' } });
    }
    expect(await closed).toBe('1008 Too many messages');
    // `connection_init` was one of the fifty.
    expect(subscribed).toBe(49);
  });

  test('with more control frames than a second may have is closed', async () => {
    const { socket, closed } = await open();
    for (let index = 0; index < 60; index += 1) socket.ping();
    expect(await closed).toBe('1008 Too many messages');
  });

  test('that does not read is closed, and what waits for it is given up', async () => {
    const { socket, send } = await open();
    const [theirs] = sockets;
    if (!theirs) throw new Error('no socket');
    socket.pause();
    // More than the system's buffers between the two hold.
    theirs.send('x'.repeat(20_000_000));
    expect(theirs.bufferedAmount).toBeGreaterThan(BOUNDS.waitingBytes);
    send({ type: 'ping' });
    await waitUntil(() => theirs.readyState === theirs.CLOSED);
    expect(theirs.bufferedAmount).toBe(0);
    socket.terminate();
  });
});

test('a rate meter counts anew each second', () => {
  let now = 0;
  const take = createRateMeter(2, () => now);
  expect([take(), take(), take()]).toEqual([true, true, false]);
  now = 999;
  expect(take()).toBe(false);
  now = 1000;
  expect([take(), take(), take()]).toEqual([true, true, false]);
});
