import { Agent, get, type IncomingMessage } from 'node:http';
import { once } from 'node:events';
import type { AddressInfo } from 'node:net';
import fastify from 'fastify';
import { closeServer } from './closeServer.js';

test('an answer that ends after the closing has begun is given, and its kept-alive connection holds nothing open', async () => {
  let release: () => void = () => undefined;
  const arrived = new Promise<void>((resolve) => {
    server.get('/', async () => {
      resolve();
      await new Promise<void>((done) => (release = done));
      return 'the answer';
    });
  });
  await server.listen({ host: '127.0.0.1', port: 0 });
  const { port } = server.server.address() as AddressInfo;
  const agent = new Agent({ keepAlive: true });
  const request = get({ host: '127.0.0.1', port, agent });
  const answered = once(request, 'response') as Promise<[IncomingMessage]>;
  await arrived;
  const closed = closeServer(server);
  // The idle connections have been closed; this one is not among them.
  await new Promise((resolve) => setImmediate(resolve));
  release();
  const [response] = await answered;
  let body = '';
  for await (const chunk of response) body += String(chunk);
  expect(body).toBe('the answer');
  // The keep-alive time is 72 s, longer than a test may take.
  await closed;
  agent.destroy();
});

const server = fastify({ forceCloseConnections: 'idle' });
