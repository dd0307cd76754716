import { createLog, createPool } from '@foyer/platform';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { Client, type Pool } from 'pg';
import { waitUntil } from '@foyer/platform/testing';
import type { CloudEvent } from '../../event/cloudEvent.js';
import { topics, type Topic } from '../../event/topics.js';
import { counted } from '../../testing/counted.js';
import { settle } from '../../testing/publishAndSettle.js';
import type { EventBus } from '../eventBus.js';
import { createPostgresBus } from './createPostgresBus.js';
import { trimLog } from './trimLog.js';

const TOPIC: Topic = 'order-events';
const GROUP = 'group';
const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');

/** What the adapter does besides the port's contract. */
describe('the log in Postgres', () => {
  let database: TestDatabase;
  let pool: Pool;
  let bus: EventBus;

  beforeEach(async () => {
    database = await createTestDatabase('bus');
    pool = createPool(database.url, { max: 4, applicationName: 'test' });
    bus = await createPostgresBus({ pool, log, partitions: 2 });
  });

  afterEach(async () => {
    await bus.close();
    await pool.end();
    await database.drop();
  });

  const keysOf = async (from: EventBus, group: string): Promise<string[]> => {
    const keys: string[] = [];
    const consumer = from.consume({
      group,
      topics: [TOPIC],
      onBatch: async ({ messages }) => {
        keys.push(
          ...messages.map(
            ({ value }) => `${(value as CloudEvent).subject}${(value as CloudEvent).aggregateversion}`,
          ),
        );
      },
    });
    await consumer.start();
    await settle(from, group, [TOPIC]);
    await consumer.stop();
    return keys;
  };

  const breakSessions = (): Promise<unknown> =>
    pool.query(
      `select pg_terminate_backend(pid) from pg_stat_activity
       where application_name = 'foyer-bus' and datname = current_database()`,
    );

  test('publishing an event again appends nothing', async () => {
    const events = [1, 2, 3].map((number) => counted('a', number));
    await bus.publish(TOPIC, events);
    await bus.publish(TOPIC, [...events, ...events, counted('a', 4)]);
    await Promise.all([1, 2, 3, 4].map(() => bus.publish(TOPIC, [...events].reverse())));
    expect(await keysOf(bus, GROUP)).toEqual(['a1', 'a2', 'a3', 'a4']);
    const { rows } = await pool.query('select position::int from bus.log order by position');
    expect(rows).toEqual([0, 1, 2, 3].map((position) => ({ position })));
  });

  test('with positions from a sequence, what commits late would be lost', async () => {
    // The control of the contract's test with an appender that commits late.
    await pool.query('create sequence positions minvalue 0');
    await pool.query(`
      create or replace function bus.append(partitions integer[], event_ids text[], keys text[], events text[])
        returns table (partition_id integer, first_position bigint, next_position bigint) language sql as $$
          insert into bus.log
          select p, nextval('positions'), event_ids[1], keys[1], events[1]::json, clock_timestamp()
          from unnest(partitions) as p
          returning log.partition_id, position, position + 1
        $$`);
    const { rows } = await pool.query<{ id: number }>(
      'select min(id) as id from bus.topic_partition where topic = $1',
      [TOPIC],
    );
    const keys: string[] = [];
    await bus
      .consume({
        group: GROUP,
        topics: [TOPIC],
        onBatch: async ({ messages }) => {
          keys.push(...messages.map(({ key }) => key));
        },
      })
      .start();
    // Keys of the partition that the late one goes to.
    const inPartition: string[] = [];
    const late = new Client(database.url);
    await late.connect();
    await late.query('begin');
    await late.query(`select bus.append(array[$1::int], array['late'], array['late'], array['{}'])`, [
      rows[0]?.id,
    ]);
    for (let number = 1; number <= 10; number += 1) {
      await bus.publish(TOPIC, [counted(`key${number}`, 1)]);
      inPartition.push(`key${number}`);
    }
    await waitUntil(() => keys.length >= inPartition.length);
    await late.query('commit');
    await late.end();
    await bus.publish(TOPIC, [counted('last', 1)]);
    await waitUntil(() => keys.includes('last'));
    expect(keys).not.toContain('late');
  });

  test('a member whose connection breaks in the middle of a batch handles it to the end, and what follows once', async () => {
    const handled: number[] = [];
    let broken = false;
    await bus
      .consume({
        group: GROUP,
        topics: [TOPIC],
        onBatch: async ({ messages }) => {
          if (!broken) {
            broken = true;
            await breakSessions();
            await waitUntil(() =>
              bus.health().then(
                () => false,
                () => true,
              ),
            );
          }
          handled.push(...messages.map(({ value }) => (value as CloudEvent).aggregateversion));
        },
      })
      .start();
    await bus.publish(TOPIC, [counted('a', 1)]);
    await waitUntil(() => broken);
    await bus.publish(TOPIC, [counted('a', 2)]);
    await settle(bus, GROUP, [TOPIC]);
    expect([...new Set(handled)]).toEqual([1, 2]);
    await waitUntil(() =>
      bus.health().then(
        () => true,
        () => false,
      ),
    );
  });

  test('followers go on after their connection broke', async () => {
    const keys: string[] = [];
    const follower = bus.follow({
      topics: [TOPIC],
      since: 'now',
      onEvent: ({ key }) => {
        keys.push(key);
        if (key === 'a') throw new Error('a follower may fail');
      },
    });
    await follower.start();
    await bus.publish(TOPIC, [counted('a', 1)]);
    await waitUntil(() => keys.length === 1);
    await breakSessions();
    const other = createPool(database.url, { max: 1, applicationName: 'test' });
    const elsewhere = await createPostgresBus({ pool: other, log, partitions: 2 });
    await elsewhere.publish(TOPIC, [counted('b', 1)]);
    await waitUntil(() => keys.length === 2);
    await follower.stop();
    await bus.publish(TOPIC, [counted('c', 1)]);
    await elsewhere.close();
    await other.end();
    expect(keys).toEqual(['a', 'b']);
  });

  test('trims what has outlived its topic, and a reader goes on behind it', async () => {
    await bus.publish(TOPIC, [counted('a', 1), counted('a', 2)]);
    await bus.publish('user-events', [counted('a', 1)]);
    await pool.query("update bus.log set appended_at = appended_at - interval '1 hour'");
    await bus.publish(TOPIC, [counted('a', 3)]);
    const hour = 60 * 60 * 1000;
    const retention = Object.fromEntries(
      topics.map((topic) => [topic, topic === TOPIC ? hour / 2 : 2 * hour]),
    );
    expect(await trimLog(pool, retention as Record<Topic, number>)).toBe(2);
    // Another process: this one still has the newest in memory.
    const other = createPool(database.url, { max: 4, applicationName: 'test' });
    const elsewhere = await createPostgresBus({ pool: other, log, partitions: 2 });
    expect(await keysOf(elsewhere, GROUP)).toEqual(['a3']);
    expect(await trimLog(pool)).toBe(0);
    await trimLog(pool, { ...(retention as Record<Topic, number>), [TOPIC]: -hour });
    expect(await keysOf(elsewhere, 'another')).toEqual([]);
    await bus.publish(TOPIC, [counted('a', 4)]);
    expect(await keysOf(elsewhere, 'another')).toEqual(['a4']);
    await elsewhere.close();
    await other.end();
  });

  test('a follower finds the first event since an instant', async () => {
    for (const number of [1, 2, 3, 4, 5]) await bus.publish(TOPIC, [counted('a', number)]);
    const first = new Date(Date.now() - 600_000);
    await pool.query("update bus.log set appended_at = $1::timestamptz + position * interval '1 min'", [
      first,
    ]);
    const seen: number[] = [];
    await bus
      .follow({
        topics: [TOPIC],
        since: new Date(first.getTime() + 90_000),
        onEvent: ({ value }) => {
          seen.push((value as CloudEvent).aggregateversion);
        },
      })
      .start();
    await waitUntil(() => seen.length === 3);
    expect(seen).toEqual([3, 4, 5]);
  });

  test('a group has one consumer per bus', async () => {
    const options = { group: GROUP, topics: [TOPIC], onBatch: async () => undefined };
    const consumer = bus.consume(options);
    expect(() => bus.consume(options)).toThrow('group group already has a consumer on this bus');
    await consumer.start();
    await consumer.stop();
    await bus.consume(options).start();
  });

  test('waits for a database that does not answer yet', async () => {
    const refused = createPool('postgres://nobody@127.0.0.1:1/none', { max: 1, applicationName: 'test' });
    let answers = false;
    const late = new Proxy(refused, {
      get: (_, name) => {
        const target = answers ? pool : refused;
        const value: unknown = Reflect.get(target, name, target);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    });
    const opening = createPostgresBus({ pool: late, log, partitions: 2 });
    await expect(refused.query('select 1')).rejects.toThrow('ECONNREFUSED');
    answers = true;
    const opened = await opening;
    await expect(opened.health()).resolves.toBeUndefined();
    await opened.close();
    await refused.end();
  });
});
