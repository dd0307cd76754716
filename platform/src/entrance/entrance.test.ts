import { once } from 'node:events';
import { Agent, request, type IncomingMessage, type ServerResponse } from 'node:http';
import { connect } from 'node:net';
import { WebSocket, WebSocketServer } from 'ws';
import { waitUntil } from '../testing/waitUntil.js';
import type { Application } from './application.js';
import { closeSockets } from './closeSockets.js';
import { openEntrance, type Entrance } from './openEntrance.js';

interface Answer {
  readonly status: number | undefined;
  readonly connection: string | undefined;
  readonly body: string;
}

/** Asks over connections that are kept alive. */
const agent = new Agent({ keepAlive: true });

async function ask(url: string): Promise<Answer> {
  const asked = request(url, { agent });
  const answered = once(asked, 'response') as Promise<[IncomingMessage]>;
  asked.end();
  const [response] = await answered;
  let body = '';
  for await (const chunk of response) body += String(chunk);
  return { status: response.statusCode, connection: response.headers.connection, body };
}

describe('an entrance', () => {
  let entrance: Entrance;
  let release: () => void;
  let arrived: Promise<void>;

  /** Answers `/hang` when it is released, and all else at once; `/large` with more than a connection holds. */
  const application = (): Application => {
    const sockets = new WebSocketServer({ noServer: true });
    let announce: () => void;
    arrived = new Promise((resolve) => (announce = resolve));
    const held = new Promise<void>((resolve) => (release = resolve));
    const respond = async ({ url }: IncomingMessage, response: ServerResponse): Promise<void> => {
      if (url === '/hang') {
        announce();
        await held;
      }
      response.end(url === '/large' ? Buffer.alloc(50_000_000) : 'the answer');
    };
    return {
      request: (incoming, response) => void respond(incoming, response),
      upgrade: (incoming, socket, head) => {
        sockets.handleUpgrade(incoming, socket, head, (client) => sockets.emit('connection', client));
      },
      goAway: () => closeSockets(sockets, () => new Promise((resolve) => sockets.close(() => resolve()))),
    };
  };

  beforeEach(async () => {
    entrance = await openEntrance({
      host: '127.0.0.1',
      port: 0,
      health: () => ({ ready: false, dependencies: { bus: 'waiting for Kafka' } }),
    });
  });
  afterEach(() => entrance.close());
  afterAll(() => agent.destroy());

  it('lives, is not ready and says why, and refuses all else, until somebody serves', async () => {
    expect(await ask(`${entrance.url}/health/live`)).toMatchObject({ status: 200, body: '{"live":true}' });
    const ready = await ask(`${entrance.url}/health/ready`);
    expect(ready).toMatchObject({ status: 503 });
    expect(JSON.parse(ready.body)).toEqual({ ready: false, dependencies: { bus: 'waiting for Kafka' } });
    const other = await ask(`${entrance.url}/graphql`);
    expect(other).toMatchObject({ status: 503 });
    expect(JSON.parse(other.body)).toMatchObject({ errors: [{ extensions: { code: 'NOT_READY' } }] });
    const socket = new WebSocket(`${entrance.url.replace('http', 'ws')}/graphql`);
    expect(String((await once(socket, 'error'))[0])).toContain('503');
    entrance.serve(application());
    expect(await ask(`${entrance.url}/graphql`)).toMatchObject({ status: 200, body: 'the answer' });
  });

  it('says that a port is in use', async () => {
    const port = Number(new URL(entrance.url).port);
    await expect(openEntrance({ host: '127.0.0.1', port })).rejects.toMatchObject({ code: 'EADDRINUSE' });
  });

  it('answers what is in hand when it closes, and its kept-alive connection holds nothing open', async () => {
    entrance.serve(application());
    const answered = ask(`${entrance.url}/hang`);
    await arrived;
    const closed = entrance.close();
    release();
    expect(await answered).toEqual({ status: 200, connection: 'close', body: 'the answer' });
    // The keep-alive time is 72 s, longer than a test may take.
    await closed;
    await expect(ask(entrance.url)).rejects.toMatchObject({ code: 'ECONNREFUSED' });
  });

  it('is held open by no client that says nothing, half a request, or does not take its answer', async () => {
    entrance.serve(application());
    const port = Number(new URL(entrance.url).port);
    const clients = await Promise.all(
      [
        '',
        'GET / HT',
        'POST /hang HTTP/1.1\r\nhost: x\r\ncontent-length: 9\r\n\r\nhalf',
        'GET /large HTTP/1.1\r\nhost: x\r\n\r\n',
      ].map(async (sent) => {
        const client = connect(port, '127.0.0.1').pause();
        client.on('error', () => undefined);
        await once(client, 'connect');
        client.write(sent);
        return client;
      }),
    );
    await arrived;
    await entrance.close();
    for (const client of clients) client.destroy();
  });

  it.each([
    ['a head', 'POST /any HTTP/1.1\r\nhost'],
    ['a body', 'POST /any HTTP/1.1\r\nhost: x\r\ncontent-length: 99999\r\n\r\nhalf'],
    ['a body in chunks', 'POST /any HTTP/1.1\r\nhost: x\r\ntransfer-encoding: chunked\r\n\r\n1\r\nh\r\n'],
  ])('cuts off %s that does not come in whole in time, however it drips', async (_what, sent) => {
    const impatient = await openEntrance({ host: '127.0.0.1', port: 0, requestMs: 100 });
    // On a slow machine the time may be over before the head is looked at.
    let [taken, cut] = [false, false];
    impatient.serve({
      ...application(),
      request: (incoming) => {
        taken = true;
        incoming.on('error', () => (cut = true)).resume();
      },
    });
    const client = connect(Number(new URL(impatient.url).port), '127.0.0.1');
    let answer = '';
    client.on('data', (chunk) => (answer += chunk.toString())).on('error', () => undefined);
    client.write(sent);
    const dripping = setInterval(
      () => client.write('1\r\nx\r\n'.slice(0, sent.includes('chunked') ? 6 : 1)),
      20,
    );
    // Whatever ends it: `once` would take a connection that is reset for its own failure.
    await new Promise((resolve) => client.once('close', resolve));
    clearInterval(dripping);
    await impatient.close();
    // A reset connection takes what was not read yet with it.
    expect(answer).toMatch(/^(HTTP\/1\.1 408|$)/);
    await waitUntil(() => cut === taken);
  });

  it('cuts off who does not take an answer', async () => {
    const impatient = await openEntrance({ host: '127.0.0.1', port: 0, stalledMs: 100 });
    let cut = false;
    impatient.serve({
      ...application(),
      request: (_incoming, response) => {
        response.on('close', () => (cut = true)).end(Buffer.alloc(50_000_000));
      },
    });
    const client = connect(Number(new URL(impatient.url).port), '127.0.0.1').pause();
    client.on('error', () => undefined);
    client.write('GET /large HTTP/1.1\r\nhost: x\r\n\r\n');
    await waitUntil(() => cut);
    client.destroy();
    await impatient.close();
  });

  it('takes requests while it lingers, says that it goes, and is not ready', async () => {
    entrance.serve(application());
    const answered = ask(`${entrance.url}/hang`);
    await arrived;
    expect(await ask(`${entrance.url}/health/ready`)).toMatchObject({
      status: 200,
      connection: 'keep-alive',
    });
    const closed = entrance.close(600_000);
    // On a connection that was kept alive.
    expect(await ask(`${entrance.url}/graphql`)).toMatchObject({ status: 200, connection: 'close' });
    // On a new one.
    expect(await ask(`${entrance.url}/health/ready`)).toMatchObject({ status: 503, connection: 'close' });
    release();
    expect(await answered).toMatchObject({ connection: 'close' });
    // No connection is left: nobody is lingered for.
    await closed;
  });

  it('ends WebSockets with 1001, also one whose client does not answer, and takes no more', async () => {
    entrance.serve(application());
    const url = `${entrance.url.replace('http', 'ws')}/graphql`;
    const [socket, silent] = [new WebSocket(url), new WebSocket(url)];
    await Promise.all([once(socket, 'open'), once(silent, 'open')]);
    silent.pause();
    const ended = once(socket, 'close');
    const closed = entrance.close(600_000);
    const late = new WebSocket(url);
    expect(String((await once(late, 'error'))[0])).toMatch(/503|ECONNREFUSED/);
    const [code, reason] = (await ended) as [number, Buffer];
    expect([code, reason.toString()]).toEqual([1001, 'Going away']);
    await closed;
    silent.terminate();
  });
});
