import { createLog, createPool, newId, pgTransaction, type SqlTransaction } from '@foyer/platform';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { Type } from '@sinclair/typebox';
import type { Pool } from 'pg';
import { defineEvent } from '../event/defineEvent.js';
import { defineHandler, type EventHandler } from '../inbox/defineHandler.js';
import { createTestBus, type TestBus } from '../testing/createTestBus.js';
import { waitUntil } from '../testing/waitUntil.js';
import { createMessaging, type Messaging } from './createMessaging.js';

const Counted = defineEvent({
  type: 'test.counted',
  topic: 'order-events',
  aggregateType: 'test',
  version: 1,
  data: Type.Object({ number: Type.Integer() }),
});

const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');

describe('createMessaging', () => {
  let bus: TestBus;
  let publisherDatabase: TestDatabase;
  let consumerDatabase: TestDatabase;
  const pools: Pool[] = [];
  const running: Messaging[] = [];

  beforeEach(async () => {
    bus = await createTestBus();
    publisherDatabase = await createTestDatabase('orders');
    consumerDatabase = await createTestDatabase('notifications');
  });

  afterEach(async () => {
    for (const messaging of running.splice(0).reverse()) await messaging.stop();
    await bus.close();
    for (const pool of pools.splice(0)) await pool.end();
    await publisherDatabase.drop();
    await consumerDatabase.drop();
  });

  async function start(
    subgraph: string,
    { url }: TestDatabase,
    handlers: readonly EventHandler<SqlTransaction>[] = [],
  ): Promise<{ readonly pool: Pool; readonly messaging: Messaging }> {
    const pool = createPool(url, { max: 5, applicationName: 'test' });
    pools.push(pool);
    const messaging = createMessaging<SqlTransaction>({
      subgraph,
      bus,
      database: { pool, transaction: (work) => pgTransaction(pool, (sql) => work(sql, sql)) },
      handlers,
      log,
    });
    running.push(messaging);
    await messaging.start();
    return { pool, messaging };
  }

  test('an event that is committed is applied in another subgraph, once', async () => {
    const seen: number[] = [];
    const publisher = await start('orders', publisherDatabase);
    await start('notifications', consumerDatabase, [
      defineHandler(Counted, {
        handle: async (event, { sql }) => {
          await sql.query('select 1');
          seen.push(event.data.number);
        },
      }),
    ]);
    const aggregateId = newId();
    for (const number of [1, 2, 3]) {
      await pgTransaction(publisher.pool, (sql) =>
        publisher.messaging.outbox.append(sql, Counted, { aggregateId, data: { number } }),
      );
    }
    await waitUntil(() => seen.length >= 3);
    expect(seen).toEqual([1, 2, 3]);
    await waitUntil(async () => (await publisher.messaging.health()).unpublished === 0);
  });

  test('a transaction that fails publishes nothing', async () => {
    const publisher = await start('orders', publisherDatabase);
    await expect(
      pgTransaction(publisher.pool, async (sql) => {
        await publisher.messaging.outbox.append(sql, Counted, { aggregateId: newId(), data: { number: 1 } });
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect((await publisher.messaging.health()).unpublished).toBe(0);
    expect((await bus.lag('nobody', ['order-events'])).every(({ behind }) => behind === 0)).toBe(true);
  });
});
