import { createLog, Environment, newId, pgTransaction } from '@foyer/platform';
import { requireEngine, waitUntil } from '@foyer/platform/testing';
import { brokerAvailable } from '../../broker/brokerAvailable.js';
import type { CloudEvent } from '../../event/cloudEvent.js';
import { counted, Counted, createApplied, readApplied, recordCounted } from '../../testing/counted.js';
import { createTestSubgraph, type TestSubgraph } from '../../testing/createTestSubgraph.js';
import { startTestBroker, type TestBroker } from '../../testing/startTestBroker.js';
import { createBusFromEnvironment } from '../createBusFromEnvironment.js';
import type { EventBus } from '../eventBus.js';

const TOPIC = 'order-events';
const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');
const upTo = (last: number): number[] => Array.from({ length: last }, (_, index) => index + 1);

requireEngine('Apache Kafka', brokerAvailable())('an outage of Kafka', () => {
  let broker: TestBroker;
  let prefix: string;
  const buses: EventBus[] = [];
  const subgraphs: TestSubgraph[] = [];

  beforeAll(async () => {
    broker = await startTestBroker();
  });

  afterAll(() => broker.remove());

  beforeEach(() => {
    prefix = `${newId()}.`;
  });

  afterEach(async () => {
    await broker.start();
    for (const subgraph of subgraphs.splice(0)) await subgraph.remove();
    await Promise.all(buses.splice(0).map((bus) => bus.close()));
  });

  async function open(): Promise<EventBus> {
    const variables = { KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC_PREFIX: prefix, BUS_PARTITIONS: '4' };
    const bus = await createBusFromEnvironment(new Environment(variables), log);
    buses.push(bus);
    return bus;
  }

  /** As the relay does: in order, and each again until it is taken. */
  async function publishSurely(bus: EventBus, event: CloudEvent): Promise<void> {
    for (;;) {
      try {
        await bus.publish(TOPIC, [event]);
        return;
      } catch {
        // Once more.
      }
    }
  }

  test('a broker that is killed in the middle of publishing and consuming loses nothing, nor the order', async () => {
    const [publisher, reader] = [await open(), await open()];
    const aggregates = Array.from({ length: 8 }, newId);
    const seen = new Map<string, Set<number>>(aggregates.map((id) => [id, new Set()]));
    const followed = new Map<string, Set<number>>(aggregates.map((id) => [id, new Set()]));
    const note = (into: typeof seen, value: unknown): void => {
      const { subject, aggregateversion } = value as CloudEvent;
      into.get(subject)?.add(aggregateversion);
    };
    await reader
      .consume({
        group: 'group',
        topics: [TOPIC],
        onBatch: async ({ messages }) => {
          for (const { value } of messages) note(seen, value);
        },
      })
      .start();
    await reader
      .follow({ topics: [TOPIC], since: 'now', onEvent: ({ value }) => note(followed, value) })
      .start();

    let published = 0;
    let ended = false;
    const publishing = aggregates.map(async (id) => {
      for (let number = 1; !ended; number += 1) {
        await publishSurely(publisher, counted(id, number));
        published += 1;
      }
      return seen;
    });
    for (let kill = 0; kill < 2; kill += 1) {
      const before = published;
      await waitUntil(() => published > before + 100, 'publishing');
      await broker.kill();
      await broker.start();
    }
    const before = published;
    await waitUntil(() => published > before + 100, 'publishing again');
    ended = true;
    await Promise.all(publishing);
    const total = (of: typeof seen): number => [...of.values()].reduce((sum, { size }) => sum + size, 0);
    await waitUntil(() => total(seen) === published && total(followed) === published, 'reading all');
    // A set keeps the order in which its members were first added.
    for (const of of [seen, followed]) {
      for (const numbers of of.values()) expect([...numbers]).toEqual(upTo(numbers.size));
    }
  });

  test('what was committed meanwhile is applied in another subgraph afterwards, once and in order', async () => {
    const [publisher, reader] = [
      await createTestSubgraph('orders', await open()),
      await createTestSubgraph('notifications', await open()),
    ];
    subgraphs.push(publisher, reader);
    await createApplied(reader.pool);
    const orders = publisher.messaging();
    await orders.start();
    await reader.messaging([recordCounted()]).start();
    const append = (number: number): Promise<unknown> =>
      pgTransaction(publisher.pool, (sql) =>
        orders.outbox.append(sql, Counted, { aggregateId: 'a', data: { number } }),
      );
    for (const number of upTo(50)) await append(number);
    await broker.kill();
    for (const number of upTo(50)) await append(50 + number);
    await broker.start();
    for (const number of upTo(50)) await append(100 + number);
    await waitUntil(async () => (await readApplied(reader.pool, 'a')).length >= 150, 'applying');
    expect(await readApplied(reader.pool, 'a')).toEqual(upTo(150));
  });

  test('publish rejects, health says so, and both work again afterwards', async () => {
    const bus = await open();
    await broker.stop();
    await expect(bus.publish(TOPIC, [counted('a', 1)])).rejects.toThrow(/^not published: /);
    await expect(bus.health()).rejects.toThrow();
    await broker.start();
    await bus.publish(TOPIC, [counted('a', 1)]);
    await bus.health();
  });

  test('a consumer and a follower that are started in it begin when it is over', async () => {
    const [bus, publisher] = [await open(), await open()];
    await publisher.publish(TOPIC, [counted('a', 1)]);
    await broker.kill();
    const keys: string[] = [];
    const starting = [
      bus.consume({
        group: 'group',
        topics: [TOPIC],
        onBatch: async ({ messages }) => {
          keys.push(...messages.map(({ key }) => `consumed ${key}`));
        },
      }),
      bus.follow({
        topics: [TOPIC],
        since: new Date(0),
        onEvent: ({ key }) => void keys.push(`followed ${key}`),
      }),
    ].map((each) => each.start());
    await broker.start();
    await Promise.all(starting);
    await waitUntil(() => keys.length >= 2, 'reading');
    expect(keys.sort()).toEqual(['consumed a', 'followed a']);
  });

  test('a process that starts in it waits, and says for whom', async () => {
    await broker.stop();
    const [process, part] = [createLog('process', 'silent'), createLog('part', 'silent')];
    jest.spyOn(process, 'child').mockReturnValue(part as never);
    const warn = jest.spyOn(part, 'warn');
    const variables = { KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC_PREFIX: prefix };
    const opening = createBusFromEnvironment(new Environment(variables), process);
    await waitUntil(() => warn.mock.calls.length > 0, 'saying');
    expect(warn.mock.calls[0]?.[0]).toMatch(
      new RegExp(`^waiting for Kafka at ${broker.brokers}: .*ECONNREFUSED`),
    );
    await broker.start();
    buses.push(await opening);
  });
});
