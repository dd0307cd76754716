import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker, brokerAvailable } from '@foyer/kafka/broker';
import {
  createPool,
  DEFAULT_PORTS,
  portVariable,
  PROCESS_NAMES,
  redisAvailable,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  startRedisServer,
  TEST_SETTINGS,
} from '@foyer/platform';
import { requireEngine, waitUntil } from '@foyer/platform/testing';
import { DATABASE_NAMES } from '@foyer/prisma';
import { askReady } from '../distributed/askReady.js';
import { freePort } from '../distributed/freePort.js';
import { assembleImage, type AssembledImage } from '../testing/assembledImage.js';
import { readCompose, readRoot, type ComposeService } from '../testing/readCompose.js';
import { spawnService, type SpawnedService } from '../testing/spawnService.js';

const PATIENCE_MS = 300_000;
const ENGINES = ['postgres', 'redis', 'kafka'];
const REDIS_PASSWORD = 'a-password';

/** What the Dockerfile sets for every process. */
const imageVariables = Object.fromEntries(
  [...readRoot('Dockerfile').matchAll(/^(?:ENV| {4}) *([A-Z_]+)=(\S+)/gm)].map(([, name, value]) => [
    name,
    value,
  ]),
) as Record<string, string>;
const healthcheck = JSON.parse(/^ {2}CMD (\[.*\])$/m.exec(readRoot('Dockerfile'))?.[1] ?? '[]') as string[];

const describeWithEngines = [
  requireEngine('Apache Kafka', brokerAvailable()),
  requireEngine('Redis', redisAvailable()),
].includes(describe.skip)
  ? describe.skip
  : describe;

// Docker is not needed: each service's command is run as docker-compose.yml has it, in the image's files, as an ordinary
// user, with the file's variables; only the addresses are those of engines on this machine.
describeWithEngines('the services of docker-compose.yml', () => {
  const stops: (() => unknown)[] = [];
  const running = new Map<string, SpawnedService>();
  let image: AssembledImage;
  let services: readonly (readonly [string, ComposeService])[];
  let ports: Map<string, number>;
  /** Puts addresses on this machine in place of the containers' names. */
  let substitute: (text: string) => string;
  let adminUrl: string;

  const variablesOf = (name: string, { environment = {} }: ComposeService): Record<string, string> => {
    const process = PROCESS_NAMES.find((each) => name.replace(/-\d+$/, '') === each);
    return {
      ...imageVariables,
      ...Object.fromEntries(
        Object.entries(environment).map(([variable, value]) => [variable, substitute(String(value))]),
      ),
      // The one thing that a container has of its own.
      ...(process && { [portVariable(process)]: String(ports.get(name)) }),
    };
  };
  const run = (name: string, service: ComposeService): SpawnedService =>
    spawnService(service.command ?? [], image.folder, variablesOf(name, service));

  beforeAll(async () => {
    const folder = mkdtempSync(join(tmpdir(), 'foyer-services-'));
    stops.push(() => rmSync(folder, { recursive: true }));
    const dataDirectory = join(folder, 'postgres');
    const compose = readCompose('docker-compose.yml', {
      FOYER_SECRET: 'a secret for tests that has 32 characters',
      POSTGRES_PASSWORD: 'PASSWORD',
      REDIS_PASSWORD,
    });
    const maximum = Number(
      /max_connections=(\d+)/.exec(compose.services['postgres']?.command?.join(' ') ?? '')?.[1],
    );
    const [program, ...redisArguments] = compose.services['redis']?.command ?? [];
    expect(program).toBe('redis-server');
    const started = await Promise.all([
      startEmbeddedPostgres({ dataDirectory, settings: { ...TEST_SETTINGS, max_connections: maximum } }),
      startRedisServer({ folder: join(folder, 'redis'), args: redisArguments }),
      startBroker({ folder: join(folder, 'kafka') }),
      assembleImage(),
    ]);
    const [postgres, redis, kafka] = started;
    image = started[3];
    stops.push(
      () => removeEmbeddedPostgres(dataDirectory),
      () => postgres.stop(),
      () => redis.stop(),
      () => kafka.stop(),
      () => image.remove(),
    );
    ({ adminUrl } = postgres);

    services = Object.entries(compose.services).filter(([name]) => !ENGINES.includes(name));
    ports = new Map();
    for (const [name] of services) ports.set(name, await freePort([...ports.values()]));
    const processes = services.filter(([name]) => name !== 'migrate');
    substitute = (text) =>
      processes.reduce(
        (result, [name]) => {
          const process = PROCESS_NAMES.find((each) => name.replace(/-\d+$/, '') === each) ?? 'gateway';
          return result.replaceAll(
            `//${name}:${DEFAULT_PORTS[process]}`,
            `//127.0.0.1:${String(ports.get(name))}`,
          );
        },
        text
          .replace('foyer:PASSWORD@postgres:5432', adminUrl.replace(/^postgres:\/\/|\/postgres$/g, ''))
          .replace('redis:6379', new URL(redis.url).host)
          .replace('kafka:9092', kafka.brokers),
      );
  });

  afterAll(async () => {
    for (const { child } of running.values()) child.kill('SIGKILL');
    await Promise.all([...running.values()].map(({ ended }) => ended));
    for (const stop of stops.splice(0).reverse()) await stop();
  });

  test('migrate makes every database, also twice at once, and finds nothing to do the next time', async () => {
    const [name, migrate] = services.find(([each]) => each === 'migrate') ?? ['', {}];
    const both = [run(name, migrate), run(name, migrate)];
    for (const { ended, output } of both) expect([await ended, output()]).toEqual([0, expect.any(String)]);
    const again = run(name, migrate);
    expect(await again.ended).toBe(0);
    expect(again.output().trim().split('\n')).toEqual(DATABASE_NAMES.map((each) => `${each}: current`));
  });

  test('every process becomes ready, and the image’s health check says so', async () => {
    const processes = services.filter(([name]) => name !== 'migrate');
    for (const [name, service] of processes) running.set(name, run(name, service));
    const notReady: Record<string, string> = {};
    await Promise.all(
      processes.map(async ([name]) => {
        let answer = { ready: false, detail: '' };
        const readyOrEnded = async () => {
          answer = await askReady(`http://127.0.0.1:${String(ports.get(name))}`);
          return answer.ready || typeof running.get(name)?.child.exitCode === 'number';
        };
        await waitUntil(readyOrEnded, name, PATIENCE_MS).catch(() => undefined);
        if (!answer.ready) notReady[name] = `${answer.detail}\n${running.get(name)?.output() ?? ''}`;
      }),
    );
    expect(notReady).toEqual({});
    for (const [name, service] of processes.slice(-1)) {
      const check = spawnService(healthcheck, image.folder, variablesOf(name, service));
      expect([await check.ended, check.output()]).toEqual([0, '']);
    }
  });

  test('both gateways answer, by way of every subgraph', async () => {
    for (const name of ['gateway-1', 'gateway-2']) {
      const url = `http://127.0.0.1:${String(ports.get(name))}`;
      const response = await fetch(`${url}/graphql`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify({ query: '{ events(first: 1) { edges { node { id } } } }' }),
      });
      expect(await response.json()).toEqual({ data: { events: { edges: [] } } });
      const health = (await (await fetch(`${url}/health/ready`)).json()) as { dependencies: object };
      expect(new Set(Object.values(health.dependencies))).toEqual(new Set(['ok']));
    }
  });

  test('their connections are within what Postgres is told to take', async () => {
    const pool = createPool(adminUrl, { max: 1, applicationName: 'test' });
    const { rows } = await pool.query<{ used: number; maximum: number }>(
      `select count(*)::int as used, current_setting('max_connections')::int as maximum
         from pg_stat_activity where backend_type = 'client backend'`,
    );
    await pool.end();
    expect(rows[0]?.used).toBeLessThan(rows[0]?.maximum ?? 0);
  });

  test('the health check fails where nothing runs', async () => {
    const check = spawnService(healthcheck, image.folder, { GATEWAY_PORT: String(ports.get('migrate')) });
    expect(await check.ended).toBe(1);
  });

  test('all of them end well when they are told to', async () => {
    const all = [...running];
    for (const [, { child }] of all) child.kill('SIGTERM');
    const statuses = await Promise.all(all.map(async ([name, { ended }]) => [name, await ended] as const));
    running.clear();
    expect(statuses.filter(([, status]) => status !== 0)).toEqual([]);
  });
});
