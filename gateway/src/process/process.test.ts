import { once } from 'node:events';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { createPostgresBus, SessionEnded, type EventBus } from '@foyer/kafka';
import {
  ACCESS_TOKEN,
  createIdentityVerifier,
  createKeySet,
  createLog,
  createPool,
  createTokenSigner,
  fetchJwks,
  newId,
  systemClock,
  type Identity,
  type IdentityVerifier,
} from '@foyer/platform';
import { createTestKeyring, spawnProgram, waitUntil, type Program } from '@foyer/platform/testing';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { parse } from 'graphql';

/** The gateway as a process of its own, on a real database and bus, before a subgraph that is no more than HTTP. */
describe('the gateway alone', () => {
  const accessKeys = createTestKeyring('access');
  const folder = mkdtempSync(join(tmpdir(), 'foyer-gateway-'));
  const callers: Identity[] = [];
  let databases: TestDatabase[];
  let bus: EventBus;
  let closeBus: () => Promise<void>;
  let subgraph: Server;
  let gateway: Program;
  let url: string;
  let verifier: IdentityVerifier;
  let hold: Promise<void> | null = null;

  const early = newId();
  const endSession = (sessionId: string): Promise<void> =>
    bus.publish(SessionEnded.topic, [
      {
        specversion: '1.0',
        id: newId(),
        source: '/foyer/users',
        type: SessionEnded.type,
        subject: sessionId,
        time: new Date().toISOString(),
        datacontenttype: 'application/json',
        dataschema: SessionEnded.dataSchema,
        data: { sessionId, userId: newId(), reason: 'LOGGED_OUT' },
        aggregatetype: SessionEnded.aggregateType,
        aggregateversion: 1,
      },
    ]);
  const tokenOf = (userId: string, sessionId: string): Promise<string> =>
    createTokenSigner(ACCESS_TOKEN, accessKeys, systemClock).sign(
      { sub: userId, sid: sessionId, roles: ['USER'], scope: '' },
      600,
    );
  const ask = async (token?: string): Promise<readonly [number, unknown]> => {
    const response = await fetch(`${url}/graphql`, {
      method: 'POST',
      headers: {
        'content-type': 'application/json',
        ...(token !== undefined && { authorization: `Bearer ${token}` }),
      },
      body: '{"query":"{ hello }"}',
    });
    return [response.status, await response.json()];
  };

  beforeAll(async () => {
    databases = await Promise.all([createTestDatabase('gateway'), createTestDatabase('bus')]);
    const [own, busDatabase] = databases.map((database) => database.url);
    const pool = createPool(busDatabase ?? '', { max: 2, applicationName: 'test' });
    bus = await createPostgresBus({ pool, partitions: 2, log: createLog('test', 'silent') });
    closeBus = async () => {
      await bus.close();
      await pool.end();
    };
    await endSession(early);

    subgraph = createServer((request, response) => {
      void answer(request).then((body) =>
        response.setHeader('content-type', 'application/json').end(JSON.stringify(body)),
      );
    });
    subgraph.listen(0, '127.0.0.1');
    await once(subgraph, 'listening');
    const subgraphUrl = `http://127.0.0.1:${(subgraph.address() as AddressInfo).port}`;
    const sdl =
      'extend schema @link(url: "https://specs.apollo.dev/federation/v2.9") type Query { hello: String }';
    const { supergraphSdl } = composeServices([
      { name: 'greeter', url: 'http://nowhere.test', typeDefs: parse(sdl) },
    ]);
    writeFileSync(join(folder, 'supergraph.graphql'), supergraphSdl ?? '');

    gateway = spawnProgram(join(__dirname, '..', 'main.js'), {
      GATEWAY_DATABASE_URL: own ?? '',
      BUS_DATABASE_URL: busDatabase ?? '',
      BUS_PARTITIONS: '2',
      FOYER_SECRET: 'a secret for tests that has 32 characters',
      GATEWAY_SUPERGRAPH: join(folder, 'supergraph.graphql'),
      GATEWAY_PORT: '0',
      GREETER_URL: subgraphUrl,
      USERS_URL: subgraphUrl,
    });
    url = await gateway.answers();
    // The verifier knows no subgraph of this name, and need not.
    verifier = createIdentityVerifier(
      'greeter' as Parameters<typeof createIdentityVerifier>[0],
      { gateway: createKeySet(() => fetchJwks([url]), systemClock) },
      systemClock,
    );
  });

  afterAll(async () => {
    await gateway.end('SIGKILL');
    subgraph.close();
    await closeBus();
    await Promise.all(databases.map((database) => database.drop()));
    rmSync(folder, { recursive: true });
  });

  /** What the subgraph says: keys of its issuer, or hello to whoever the gateway vouches for. */
  async function answer({ url: path, headers }: IncomingMessage): Promise<unknown> {
    if (path === '/.well-known/jwks.json') return accessKeys.jwks();
    callers.push(await verifier.verify(String(headers['foyer-identity'])));
    await hold;
    return { data: { hello: 'hello' } };
  }

  test('vouches for its callers with keys of its own, which it publishes', async () => {
    expect(await ask(await tokenOf('somebody', newId()))).toEqual([200, { data: { hello: 'hello' } }]);
    expect(await ask()).toEqual([200, { data: { hello: 'hello' } }]);
    expect(callers.map((caller) => (caller.kind === 'user' ? caller.userId : caller.kind))).toEqual([
      'somebody',
      'guest',
    ]);
    const health = await fetch(`${url}/health/ready`);
    expect(await health.json()).toEqual({
      ready: true,
      dependencies: { bus: 'ok', keys: 'ok', greeter: 'ok' },
    });
  });

  test('knows which sessions ended before it started, and learns of those that end', async () => {
    expect((await ask(await tokenOf('somebody', early)))[0]).toBe(401);
    const sessionId = newId();
    const token = await tokenOf('somebody', sessionId);
    expect((await ask(token))[0]).toBe(200);
    await endSession(sessionId);
    const refused = async () => {
      const [status] = await ask(token);
      return status === 200 ? null : status;
    };
    expect(await waitUntil(refused, 'the end of the session', 30_000)).toBe(401);
  });

  test('answers what is in hand when it is told to stop, and ends well', async () => {
    let release = (): void => undefined;
    hold = new Promise((resolve) => (release = resolve));
    const before = callers.length;
    const answered = ask();
    await waitUntil(() => callers.length > before);
    const ended = gateway.end('SIGTERM');
    release();
    expect(await answered).toEqual([200, { data: { hello: 'hello' } }]);
    expect(await ended).toBe(0);
  });
});
