import { mkdtempSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import {
  createLog,
  createPool,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
  TEST_SETTINGS,
  type EmbeddedPostgres,
} from '@foyer/platform';
import type { Program } from '@foyer/platform/testing';
import { migrateDatabase } from '@foyer/prisma';
import { waitUntil } from '@foyer/platform/testing';
import { createPostgresBus } from '../bus/postgres/createPostgresBus.js';
import type { CloudEvent } from '../event/cloudEvent.js';
import { counted, readApplied } from '../testing/counted.js';
import { createHeldWorld, prepareHeldTables, type HeldWorld } from '../testing/heldProcess.js';

const PATIENCE_MS = 60_000;

/** A subgraph's process, and a Postgres of the test's own that comes and goes. */
describe('a process whose Postgres is absent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-waiting-'));
  let world: HeldWorld;
  let postgres: EmbeddedPostgres;
  let program: Program;
  let variables: Readonly<Record<string, string>>;
  let url: string;
  let port = 0;

  const startPostgres = async (): Promise<void> => {
    postgres = await startEmbeddedPostgres({ dataDirectory: folder, port, settings: TEST_SETTINGS });
    ({ port } = postgres);
  };
  const databaseUrl = (name: string): string => {
    const address = new URL(postgres.adminUrl);
    address.pathname = `/${name}`;
    return address.href;
  };
  const ready = async (): Promise<readonly [number, Record<string, string>]> => {
    const response = await fetch(`${url}/health/ready`);
    const { dependencies } = (await response.json()) as { dependencies: Record<string, string> };
    return [response.status, dependencies];
  };
  const isReady = (wanted: number): Promise<unknown> =>
    waitUntil(async () => (await ready())[0] === wanted, `status ${wanted}`, PATIENCE_MS);

  const publish = async (event: CloudEvent): Promise<void> => {
    const pool = createPool(databaseUrl('bus'), { max: 2, applicationName: 'test' });
    const bus = await createPostgresBus({ pool, partitions: 1, log: createLog('test', 'silent') });
    await bus.publish('order-events', [event]);
    await bus.close();
    await pool.end();
  };

  beforeAll(async () => {
    world = await createHeldWorld();
    await startPostgres();
    variables = {
      NOTIFICATIONS_DATABASE_URL: databaseUrl('own'),
      BUS_DATABASE_URL: databaseUrl('bus'),
      BUS_PARTITIONS: '1',
    };
    await postgres.stop();
    program = world.start(variables);
    [, url = ''] = await program.said(/"url":"([^"]+)","msg":"notifications listens"/);
  });
  afterAll(async () => {
    await world.stop();
    await postgres.stop();
    await removeEmbeddedPostgres(folder);
  });

  test('listens, lives, is not ready and says what it waits for, and does nothing', async () => {
    await program.said(/waiting for Postgres at 127\.0\.0\.1:\d+ \(database own\): connect ECONNREFUSED/);
    await program.said(/waiting for Postgres at 127\.0\.0\.1:\d+ \(database bus\): connect ECONNREFUSED/);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    const [status, dependencies] = await ready();
    expect(status).toBe(503);
    expect(dependencies).toEqual({
      database: expect.stringContaining(`Postgres at 127.0.0.1:${port} (database own): connect ECONNREFUSED`),
      bus: expect.stringContaining(`Postgres at 127.0.0.1:${port} (database bus): connect ECONNREFUSED`),
    });
    const answer = await world.ask(url, '{ present }');
    expect([answer.status, await answer.json()]).toMatchObject([
      503,
      { errors: [{ extensions: { code: 'NOT_READY' } }] },
    ]);
  });

  test('ends well when it is told to stop while it waits', async () => {
    const another = world.start(variables);
    await another.said(/waiting for Postgres/);
    expect(await another.end('SIGTERM')).toBe(0);
  });

  test('says that its port is taken, and ends', async () => {
    const another = world.start({ ...variables, NOTIFICATIONS_PORT: new URL(url).port });
    expect(await another.exited).toBe(1);
    expect(another.log).toContain(`NOTIFICATIONS_PORT=${new URL(url).port} at 127.0.0.1: another program`);
  });

  test('goes on when Postgres comes, with a database that is made and migrated after that', async () => {
    await startPostgres();
    await waitUntil(
      async () => (await ready())[1]['database']?.includes('database "own" does not exist') === true,
      'the missing database being named',
      PATIENCE_MS,
    );
    await migrateDatabase(databaseUrl('bus'), 'bus');
    await migrateDatabase(databaseUrl('own'), 'notifications');
    expect(await program.answers()).toBe(url);
    expect(await ready()).toEqual([200, { database: 'ok', messaging: 'ok' }]);
  });

  test('says so when Postgres goes away later, and goes on when it is back', async () => {
    const pool = await prepareHeldTables(databaseUrl('own'));
    await pool.query('insert into gate values (true)');
    await postgres.stop();
    await isReady(503);
    expect((await ready())[1]['database']).toMatch(/ECONNREFUSED|terminat|timeout|no answer/);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await startPostgres();
    await isReady(200);
    await publish(counted('a', 1));
    await waitUntil(async () => (await readApplied(pool, 'a')).length === 1, 'handling', PATIENCE_MS);
    expect(await (await world.ask(url, 'mutation { enter(name: "x") }')).json()).toEqual({
      data: { enter: 'x' },
    });
    await pool.end();
  });

  test('does not wait for one that turns it away', async () => {
    const wrong = new URL(databaseUrl('own'));
    wrong.password = 'wrong';
    const another = world.start({ ...variables, NOTIFICATIONS_DATABASE_URL: wrong.href });
    expect(await another.exited).toBe(1);
    expect(another.log).toMatch(/NOTIFICATIONS_DATABASE_URL: .*password authentication failed/);
    expect(another.log).not.toContain('"wrong"');
  });
});
