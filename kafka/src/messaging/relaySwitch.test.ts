import { createLog, Environment, pgTransaction } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import { Counted, counted, createApplied, readApplied, recordCounted } from '../testing/counted.js';
import { createTestBus, type TestBus } from '../testing/createTestBus.js';
import { createTestSubgraph, type TestSubgraph } from '../testing/createTestSubgraph.js';
import { publishAndSettle } from '../testing/publishAndSettle.js';
import { createMessaging, type Messaging } from './createMessaging.js';
import { handOver } from './handOver.js';
import { isRelayOn } from './isRelayOn.js';
import { trimMessaging } from './trimMessaging.js';

describe('a process whose relay is off', () => {
  let bus: TestBus;
  let subgraph: TestSubgraph;
  let messaging: Messaging;

  beforeEach(async () => {
    bus = await createTestBus();
    subgraph = await createTestSubgraph('notifications', bus);
    await createApplied(subgraph.pool);
    const { pool } = subgraph;
    messaging = createMessaging({
      ...{ subgraph: 'notifications', bus, relay: false },
      database: { pool, transaction: (work) => pgTransaction(pool, (sql) => work(sql, sql)) },
      handlers: [recordCounted()],
      log: createLog('test', 'silent'),
    });
    await messaging.start();
    await pgTransaction(pool, (sql) =>
      messaging.outbox.append(sql, Counted, { aggregateId: 'own', data: { number: 1 } }),
    );
  });

  afterEach(async () => {
    await messaging.stop();
    await subgraph.remove();
    await bus.close();
  });

  const inOutbox = async (): Promise<number> =>
    (await subgraph.pool.query('select from messaging.outbox')).rows.length;

  test('handles the events of others and publishes none of its own', async () => {
    await publishAndSettle(bus, 'notifications', 'order-events', [counted('a', 1)]);
    expect(await readApplied(subgraph.pool, 'a')).toEqual([1]);
    expect(await messaging.health()).toMatchObject({ publishing: false, unpublished: 0 });
    await messaging.stop();
    expect(await readApplied(subgraph.pool, 'own')).toEqual([]);
    const { rows } = await subgraph.pool.query('select from messaging.outbox where published_at is null');
    expect(rows).toHaveLength(1);
  });

  test('lets them leave the outbox when they are old', async () => {
    expect(await handOver(subgraph.pool)).toBe(0);
    expect(await trimMessaging(subgraph.pool, { outbox: 0, inbox: 0 })).toBe(0);
    expect(await inOutbox()).toBe(1);
    expect(await handOver(subgraph.pool, 0)).toBe(1);
    await trimMessaging(subgraph.pool, { outbox: 0, inbox: 0 });
    expect(await inOutbox()).toBe(0);
  });

  test('has them published by a relay that is switched on again', async () => {
    await messaging.stop();
    await subgraph.messaging([recordCounted()]).start();
    await waitUntil(async () => (await readApplied(subgraph.pool, 'own')).length === 1);
  });
});

test('MESSAGING_RELAY switches it', () => {
  expect(isRelayOn(new Environment({}))).toBe(true);
  expect(isRelayOn(new Environment({ MESSAGING_RELAY: 'false' }))).toBe(false);
  expect(() => isRelayOn(new Environment({ MESSAGING_RELAY: 'off' }))).toThrow(/MESSAGING_RELAY=off/);
});
