import { createLog, createMetrics, createPool, pgTransaction } from '@foyer/platform';
import { Client, type Pool } from 'pg';
import { waitUntil } from '@foyer/platform/testing';
import type { EventBus } from '../bus/eventBus.js';
import { createPostgresBus } from '../bus/postgres/createPostgresBus.js';
import { defineHandler } from '../inbox/defineHandler.js';
import { createOutbox, type Outbox } from '../outbox/createOutbox.js';
import { counted, Counted, createApplied, readApplied, recordCounted } from '../testing/counted.js';
import { createTestBus, type TestBus } from '../testing/createTestBus.js';
import { createTestSubgraph, type TestSubgraph } from '../testing/createTestSubgraph.js';
import { publishAndSettle } from '../testing/publishAndSettle.js';
import { createMessaging, type Messaging } from './createMessaging.js';
import { trimMessaging } from './trimMessaging.js';

describe('createMessaging', () => {
  let bus: TestBus;
  let publisher: TestSubgraph;
  let reader: TestSubgraph;
  const afterwards: (() => Promise<void>)[] = [];

  beforeEach(async () => {
    bus = await createTestBus();
    publisher = await createTestSubgraph('orders', bus);
    reader = await createTestSubgraph('notifications', bus);
    await createApplied(reader.pool);
  });

  afterEach(async () => {
    await publisher.remove();
    await reader.remove();
    for (const each of afterwards.splice(0)) await each();
    await bus.close();
  });

  const append = (outbox: Outbox, aggregateId: string, number: number): Promise<unknown> =>
    pgTransaction(publisher.pool, (sql) => outbox.append(sql, Counted, { aggregateId, data: { number } }));

  const unpublished = async (pool: Pool): Promise<number> =>
    (await pool.query('select from messaging.outbox where published_at is null')).rows.length;

  const appliedOf = (aggregateId: string, numbers: readonly number[]): Promise<unknown> =>
    waitUntil(async () => (await readApplied(reader.pool, aggregateId)).length >= numbers.length).then(
      async () => {
        expect(await readApplied(reader.pool, aggregateId)).toEqual(numbers);
      },
    );

  /** Another process's bus on the same log. */
  async function openAnother(): Promise<EventBus> {
    const log = createLog('test', 'silent');
    const pool = createPool(bus.url, { max: 4, applicationName: 'test' });
    const another = await createPostgresBus({ pool, log });
    afterwards.push(async () => {
      await another.close();
      await pool.end();
    });
    return another;
  }

  test('an event that is committed is applied in another subgraph, once', async () => {
    const orders = publisher.messaging();
    await orders.start();
    await reader.messaging([recordCounted()]).start();
    for (const number of [1, 2, 3]) await append(orders.outbox, 'a', number);
    await appliedOf('a', [1, 2, 3]);
    await waitUntil(async () => (await unpublished(publisher.pool)) === 0);
    expect(await orders.health()).toEqual({
      unpublished: 0,
      refused: 0,
      dead: 0,
      waiting: 0,
      publishing: true,
      behind: 0,
    });
  });

  test('what waits and how long events take is measured while it runs', async () => {
    const metrics = createMetrics();
    const messaging = createMessaging({
      subgraph: 'notifications',
      bus,
      database: {
        pool: reader.pool,
        transaction: (work) => pgTransaction(reader.pool, (sql) => work(sql, sql)),
      },
      handlers: [recordCounted()],
      log: createLog('test', 'silent'),
      metrics,
    });
    const shown = async (name: string): Promise<string | undefined> =>
      (await metrics.text()).split('\n').find((line) => line.startsWith(name));
    await messaging.start();
    await publishAndSettle(bus, 'notifications', 'order-events', [counted('a', 1), counted('a', 2)]);
    expect(await shown('foyer_event_delay_seconds_count{group="notifications"}')).toMatch(/ 2$/);
    expect(await shown('foyer_bus_lag_events{group="notifications"')).toMatch(/ 0$/);
    expect(await shown('foyer_outbox_unpublished_events{subgraph="notifications"}')).toMatch(/ 0$/);
    await messaging.stop();
    expect(await shown('foyer_bus_lag_events{')).toBeUndefined();
  });

  test('what a handler appends is caused by the event it handles', async () => {
    const outbox = createOutbox('notifications');
    const notifications = reader.messaging([
      defineHandler(Counted, {
        handle: async ({ subject }, { sql }) => {
          await outbox.append(sql, Counted, { aggregateId: `after ${subject}`, data: { number: 1 } });
        },
      }),
    ]);
    await notifications.start();
    const cause = { ...counted('a', 1), correlationid: 'request' };
    await publishAndSettle(bus, 'notifications', 'order-events', [cause]);
    const { rows } = await reader.pool.query<{ payload: unknown }>(
      `select payload from messaging.outbox where aggregate_id = 'after a'`,
    );
    expect(rows[0]?.payload).toMatchObject({ causationid: cause.id, correlationid: 'request' });
  });

  test('one process publishes; another is ready, and has what it commits published meanwhile', async () => {
    const first = publisher.messaging();
    await first.start();
    const second = publisher.messaging();
    await second.start();
    await reader.messaging([recordCounted()]).start();
    expect((await first.health()).publishing).toBe(true);
    expect((await second.health()).publishing).toBe(false);
    await append(second.outbox, 'a', 1);
    await appliedOf('a', [1]);
    await first.stop();
    await append(second.outbox, 'a', 2);
    await appliedOf('a', [1, 2]);
    expect((await second.health()).publishing).toBe(true);
  });

  test('a relay whose connection breaks goes on, or leaves it to another', async () => {
    const processes: Messaging[] = [publisher.messaging(), publisher.messaging()];
    for (const each of processes) await each.start();
    await reader.messaging([recordCounted()]).start();
    const outbox = processes[0]?.outbox ?? createOutbox('orders');
    for (const number of [1, 2, 3]) {
      await publisher.pool.query(
        `select pg_terminate_backend(pid) from pg_stat_activity where application_name = 'foyer-messaging'
         and datname = current_database()`,
      );
      await append(outbox, 'a', number);
      await appliedOf('a', [1, 2, 3].slice(0, number));
    }
  });

  test('loses nothing and repeats nothing while all connections break again and again', async () => {
    const orders = publisher.messaging();
    await orders.start();
    await publisher.messaging().start();
    await reader.messaging([recordCounted()]).start();
    await reader.messaging([recordCounted()], await openAnother()).start();
    const admin = new Client(publisher.url);
    await admin.connect();
    const aggregates = ['a', 'b', 'c', 'd', 'e', 'f'];
    for (let number = 1; number <= 30; number += 1) {
      // A commit whose answer is lost may have happened: what counts is what the outbox says afterwards.
      await Promise.allSettled(aggregates.map((id) => append(orders.outbox, id, number)));
      if (number % 6 === 0) {
        await admin.query(
          `select pg_terminate_backend(pid) from pg_stat_activity
           where pid <> pg_backend_pid() and datname = any ($1)`,
          [[publisher.url, reader.url, bus.url].map((url) => new URL(url).pathname.slice(1))],
        );
      }
    }
    await admin.end();
    await waitUntil(async () => (await unpublished(publisher.pool).catch(() => 1)) === 0, 'publishing');
    for (const id of aggregates) {
      const { rows } = await publisher.pool.query<{ number: number }>(
        `select (payload->'data'->>'number')::int as number from messaging.outbox
         where aggregate_id = $1 order by aggregate_version`,
        [id],
      );
      expect(rows.length).toBeGreaterThan(20);
      await appliedOf(
        id,
        rows.map(({ number }) => number),
      );
    }
  });

  test('stop publishes what was committed before', async () => {
    const orders = publisher.messaging();
    await orders.start();
    await Promise.all([1, 2, 3].map((number) => append(orders.outbox, `a${number}`, number)));
    await orders.stop();
    expect(await unpublished(publisher.pool)).toBe(0);
    await append(orders.outbox, 'late', 1);
    expect(await unpublished(publisher.pool)).toBe(1);
  });

  test('what the process before left unpublished is published by the next', async () => {
    await append(createOutbox('orders'), 'a', 1);
    await reader.messaging([recordCounted()]).start();
    await publisher.messaging().start();
    await appliedOf('a', [1]);
  });

  test('refuses two handlers of one event under one name, and the outbox of another subgraph', () => {
    expect(() => publisher.messaging([recordCounted(), recordCounted()])).toThrow(/named test.counted/);
    const { pool } = publisher;
    const options = {
      bus,
      handlers: [],
      log: null as never,
      database: { pool, transaction: () => Promise.reject(new Error('unused')) },
    };
    expect(() => createMessaging({ subgraph: 'orders', outbox: createOutbox('users'), ...options })).toThrow(
      'the outbox of users was given to orders',
    );
  });

  test('trims what was published and handled long ago, and nothing that may come again', async () => {
    const orders = publisher.messaging();
    await orders.start();
    await append(orders.outbox, 'a', 1);
    const notifications = reader.messaging([
      recordCounted({
        then: ({ subject }) => {
          if (subject === 'bad') throw new Error('bad');
        },
      }),
      recordCounted({ name: 'fine' }),
    ]);
    await notifications.start();
    await publishAndSettle(bus, 'notifications', 'order-events', [counted('bad', 1), counted('good', 1)]);
    await waitUntil(async () => (await unpublished(publisher.pool)) === 0);
    await appliedOf('a', [1, 1]);
    await waitUntil(async () => (await notifications.health()).dead === 1);

    const never = { outbox: 1e12, inbox: 1e12 };
    expect(await trimMessaging(publisher.pool, never)).toBe(0);
    const now = { outbox: 0, inbox: 0 };
    expect(await trimMessaging(publisher.pool, now)).toBe(1);
    await reader.pool.query(
      `insert into messaging.inbox (handler, event_id) select 'fine', event_id from messaging.parked_event
       on conflict do nothing`,
    );
    await trimMessaging(reader.pool, now);
    const { rows } = await reader.pool.query('select handler from messaging.inbox');
    expect(rows).toEqual([{ handler: 'fine' }]);
  });
});
