import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, Environment } from '@foyer/platform';
import { requireEngine, waitUntil, type Program } from '@foyer/platform/testing';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import type { Pool } from 'pg';
import { brokerAvailable, startBroker, type Broker } from '../broker/index.js';
import { createBusFromEnvironment } from '../bus/createBusFromEnvironment.js';
import { counted, readApplied } from '../testing/counted.js';
import { createHeldWorld, prepareHeldTables, type HeldWorld } from '../testing/heldProcess.js';

const PATIENCE_MS = 120_000;

/** A subgraph's process, and a Kafka of the test's own that comes and goes. */
requireEngine('Apache Kafka', brokerAvailable())('a process whose Kafka is absent', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-waiting-kafka-'));
  let world: HeldWorld;
  let database: TestDatabase;
  let pool: Pool;
  let broker: Broker;
  let program: Program;
  let variables: Readonly<Record<string, string>>;
  let url: string;

  const ready = async (): Promise<readonly [number, Record<string, string>]> => {
    const response = await fetch(`${url}/health/ready`);
    const { dependencies } = (await response.json()) as { dependencies: Record<string, string> };
    return [response.status, dependencies];
  };
  const isReady = (wanted: number): Promise<unknown> =>
    waitUntil(async () => (await ready())[0] === wanted, `status ${wanted}`, PATIENCE_MS);
  const publish = async (number: number): Promise<void> => {
    const bus = await createBusFromEnvironment(new Environment(variables), createLog('test', 'silent'));
    await bus.publish('order-events', [counted('a', number)]);
    await bus.close();
  };
  const appliedAre = (numbers: readonly number[]): Promise<unknown> =>
    waitUntil(
      async () => (await readApplied(pool, 'a')).length >= numbers.length,
      'handling',
      PATIENCE_MS,
    ).then(async () => expect(await readApplied(pool, 'a')).toEqual(numbers));

  beforeAll(async () => {
    world = await createHeldWorld();
    database = await createTestDatabase('notifications');
    pool = await prepareHeldTables(database.url);
    await pool.query('insert into gate values (true)');
    broker = await startBroker({ folder });
    await broker.stop();
    variables = {
      NOTIFICATIONS_DATABASE_URL: database.url,
      KAFKA_BROKERS: broker.brokers,
      BUS_PARTITIONS: '1',
    };
    program = world.start(variables);
    [, url = ''] = await program.said(/"url":"([^"]+)","msg":"notifications listens"/);
  });
  afterAll(async () => {
    await world.stop();
    await broker.stop();
    await pool.end();
    await database.drop();
    rmSync(folder, { recursive: true, force: true });
  });

  test('waits for it, says so, and goes on when it comes', async () => {
    await program.said(new RegExp(`waiting for Kafka at ${broker.brokers}: .*ECONNREFUSED`));
    expect(await ready()).toEqual([
      503,
      { bus: expect.stringContaining(`waiting for Kafka at ${broker.brokers}`) },
    ]);
    await broker.start();
    await program.answers();
    await isReady(200);
    await publish(1);
    await appliedAre([1]);
  });

  test('is not ready while it is away later, and goes on when it is back', async () => {
    await broker.kill();
    await isReady(503);
    expect((await fetch(`${url}/health/live`)).status).toBe(200);
    await broker.start();
    await isReady(200);
    await publish(2);
    await appliedAre([1, 2]);
    expect(await program.end('SIGTERM')).toBe(0);
  });
});
