import { once } from 'node:events';
import { readFileSync, writeFileSync } from 'node:fs';
import type { IncomingMessage } from 'node:http';
import { Agent, request } from 'node:https';
import { createServer, type AddressInfo } from 'node:net';
import { join } from 'node:path';
import { composeServices } from '@apollo/composition';
import { createHttpTransport, type SubgraphTransport } from '@foyer/platform';
import {
  certificatesAvailable,
  makeCertificates,
  requireEngine,
  spawnProgram,
  waitUntil,
  type Certificates,
  type Program,
} from '@foyer/platform/testing';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { parse } from 'graphql';
import { createClient, type Client } from 'graphql-ws';
import WebSocket from 'ws';
import { COUNTER_SDL } from '../testing/counterSdl.js';

interface Answer {
  readonly status: number | undefined;
  readonly body: {
    readonly data?: Readonly<Record<string, number>>;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
    readonly dependencies?: Readonly<Record<string, string>>;
  };
}

/** Two gateways before two processes of one subgraph, all over mutual TLS. They are stopped one after the other. */
requireEngine('openssl', certificatesAvailable())('several instances, over TLS', () => {
  let certificates: Certificates;
  let databases: readonly TestDatabase[];
  let gateways: Program[] = [];
  let subgraphs: Program[] = [];
  let gatewayUrls: readonly string[] = [];
  let subgraphUrls: readonly string[] = [];
  let ca: string;
  let agent: Agent;

  const freePort = async (): Promise<number> => {
    const server = createServer().listen(0, '127.0.0.1');
    await once(server, 'listening');
    const { port } = server.address() as AddressInfo;
    server.close();
    return port;
  };
  const ask = async (url: string, query: string | null, client: object = {}): Promise<Answer> => {
    const headers = { 'content-type': 'application/json' };
    const options = { agent, ca, ...client, method: query === null ? 'GET' : 'POST', headers };
    const asked = request(url, options).end(query === null ? undefined : JSON.stringify({ query }));
    const [response] = (await once(asked, 'response')) as [IncomingMessage];
    let text = '';
    for await (const chunk of response) text += String(chunk);
    return { status: response.statusCode, body: JSON.parse(text) as Answer['body'] };
  };
  const subscribe = (
    url: string,
    next: (by: number) => void,
  ): { readonly client: Client; readonly closed: Promise<readonly [number, string]> } => {
    let close: (how: readonly [number, string]) => void;
    const closed = new Promise<readonly [number, string]>((resolve) => (close = resolve));
    const client = createClient({
      url: `${url.replace('https', 'wss')}/graphql`,
      webSocketImpl: class extends WebSocket {
        constructor(address: string, protocols: string) {
          super(address, protocols, { ca });
        }
      },
      retryAttempts: 0,
      on: {
        closed: (event) => {
          const { code, reason } = event as { code: number; reason: string };
          close([code, reason]);
        },
      },
    });
    client.subscribe<{ by: number }>(
      { query: 'subscription { by }' },
      {
        next: ({ data, errors }) => {
          next(errors ? -1 : (data?.by ?? -1));
        },
        error: () => undefined,
        complete: () => next(-2),
      },
    );
    return { client, closed };
  };

  beforeAll(async () => {
    certificates = await makeCertificates();
    ca = readFileSync(certificates.ca, 'utf8');
    agent = new Agent({ keepAlive: true });
    databases = await Promise.all([createTestDatabase('gateway'), createTestDatabase('bus')]);
    const ports = await Promise.all([1, 2, 3, 4].map(freePort));
    const urls = ports.map((port) => `https://127.0.0.1:${port}`);
    [gatewayUrls, subgraphUrls] = [urls.slice(0, 2), urls.slice(2)];
    const supergraph = join(certificates.folder, 'supergraph.graphql');
    const { supergraphSdl } = composeServices([
      { name: 'catalog', url: 'http://nowhere.test', typeDefs: parse(COUNTER_SDL) },
    ]);
    writeFileSync(supergraph, supergraphSdl ?? '');
    const shared = {
      FOYER_TLS_CERT: certificates.cert,
      FOYER_TLS_KEY: certificates.key,
      FOYER_TLS_CA: certificates.ca,
      FOYER_TLS_CLIENT_AUTH: 'true',
      GATEWAY_URL: gatewayUrls.join(),
      CATALOG_URL: subgraphUrls.join(', '),
    };
    subgraphs = ports.slice(2).map((port) =>
      spawnProgram(join(__dirname, '../testing/counterProgram.js'), {
        ...shared,
        CATALOG_PORT: String(port),
      }),
    );
    gateways = ports.slice(0, 2).map((port) =>
      spawnProgram(join(__dirname, '../main.js'), {
        ...shared,
        GATEWAY_PORT: String(port),
        GATEWAY_DATABASE_URL: databases[0]?.url ?? '',
        BUS_DATABASE_URL: databases[1]?.url ?? '',
        FOYER_SECRET: 'a secret for tests that has 32 characters',
        GATEWAY_SUPERGRAPH: supergraph,
        GATEWAY_GUEST_PER_MINUTE: '0',
      }),
    );
    expect(await Promise.all([...gateways, ...subgraphs].map((program) => program.answers()))).toEqual(urls);
  });
  afterAll(async () => {
    await Promise.all([...gateways, ...subgraphs].map((program) => program.end('SIGKILL')));
    agent.destroy();
    await Promise.all(databases.map((database) => database.drop()));
    await certificates.remove();
  });

  test('a subgraph answers who shows a certificate and an identity', async () => {
    const [url] = subgraphUrls;
    expect(await ask(`${url}/graphql`, '{ by }')).toMatchObject({
      status: 403,
      body: { errors: [{ extensions: { code: 'CERTIFICATE_REQUIRED' } }] },
    });
    const certificate = {
      cert: readFileSync(certificates.cert, 'utf8'),
      key: readFileSync(certificates.key, 'utf8'),
    };
    expect(await ask(`${url}/graphql`, '{ by }', { ...certificate, agent: undefined })).toMatchObject({
      status: 401,
      body: { errors: [{ extensions: { code: 'UNAUTHENTICATED' } }] },
    });
    // An orchestrator has no certificate.
    expect((await ask(`${url}/health/ready`, null)).status).toBe(200);
  });

  test('nobody believes a server whose authority is not the configured one', async () => {
    const other = readFileSync(certificates.otherCa, 'utf8');
    const urls = subgraphUrls.map((url) => `${url}/graphql`);
    const transport: SubgraphTransport = createHttpTransport({
      subgraph: 'catalog',
      urls,
      tls: { ca: other },
    });
    const asked = transport.execute({ query: '{ by }', identity: '', requestId: 'test' });
    await expect(asked).rejects.toThrow(/catalog is unavailable: .*(certificate|self.signed)/);
    await transport.close();
  });

  test('the gateway spreads what it is asked, and demands no certificate of its clients', async () => {
    const seen = new Set<unknown>();
    for (let count = 0; count < 4; count += 1) {
      const { status, body } = await ask(`${gatewayUrls[0] ?? ''}/graphql`, '{ by }');
      expect(status).toBe(200);
      seen.add(body.data?.['by']);
    }
    expect(seen).toEqual(new Set(subgraphs.map(({ pid }) => pid)));
  });

  test('a subgraph’s process that stops drops no request, and its subscriptions go on at the other', async () => {
    const [gateway = ''] = gatewayUrls;
    const [first, second] = subgraphs;
    const values: number[] = [];
    const { client } = subscribe(gateway, (by) => values.push(by));
    await waitUntil(() => values.length > 0);
    const leaving = values[0] === first?.pid ? first : second;
    const staying = leaving === first ? second : first;

    let left: number | null | undefined;
    void leaving?.end('SIGTERM').then((status) => (left = status));
    let asked = 0;
    // As long as it takes until the process is gone, and a little longer.
    for (let after = 0; after < 20; asked += 1) {
      const { status, body } = await ask(`${gateway}/graphql`, 'mutation { add }');
      expect([status, body.errors]).toEqual([200, undefined]);
      if (left !== undefined) after += 1;
    }
    expect(left).toBe(0);
    expect(asked).toBeGreaterThan(20);
    await waitUntil(() => values.length > 1);
    expect(values).toEqual([leaving?.pid, staying?.pid]);
    await client.dispose();

    const health = await ask(`${gatewayUrls[1] ?? ''}/health/ready`, null);
    expect([health.status, health.body.dependencies]).toEqual([
      200,
      { bus: 'ok', keys: 'ok', catalog: 'degraded' },
    ]);
    await gateways[1]?.said(/1 of 2 down: https:\/\/127\.0\.0\.1:\d+\/graphql: /);
  });

  test('a gateway that stops says so to its clients, who go to the other one', async () => {
    const values: number[] = [];
    const { closed } = subscribe(gatewayUrls[0] ?? '', (by) => values.push(by));
    await waitUntil(() => values.length === 1);
    const ended = gateways[0]?.end('SIGTERM');
    expect(await closed).toEqual([1001, 'Going away']);
    const again = subscribe(gatewayUrls[1] ?? '', (by) => values.push(by));
    await waitUntil(() => values.length === 2);
    expect(values[0]).toBe(values[1]);
    expect(await ended).toBe(0);
    await again.client.dispose();
  });
});
