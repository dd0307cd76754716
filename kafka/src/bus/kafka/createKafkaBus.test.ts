import { createLog, Environment, newId } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import { randomBytes } from 'node:crypto';
import { brokerAvailable } from '../../broker/brokerAvailable.js';
import { describeBusContract } from '../../testing/busContract.js';
import { counted } from '../../testing/counted.js';
import { startTestBroker, type TestBroker } from '../../testing/startTestBroker.js';
import { createBusFromEnvironment } from '../createBusFromEnvironment.js';
import { EventsRefused } from '../eventsRefused.js';
import { LARGEST_MESSAGE } from './prepareTopics.js';

const PARTITIONS = 4;
const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');

requireEngine('Apache Kafka', brokerAvailable())('Kafka', () => {
  let broker: TestBroker;

  beforeAll(async () => {
    broker = await startTestBroker();
  });

  afterAll(() => broker.remove());

  describeBusContract('Apache Kafka', () => {
    const environment = {
      KAFKA_BROKERS: broker.brokers,
      KAFKA_TOPIC_PREFIX: `${newId()}.`,
      BUS_PARTITIONS: String(PARTITIONS),
    };
    return Promise.resolve({
      environment,
      open: () => createBusFromEnvironment(new Environment(environment), log),
      openWrongly: () =>
        createBusFromEnvironment(
          new Environment({ ...environment, BUS_PARTITIONS: String(PARTITIONS + 1) }),
          log,
        ),
      holdAppend: null,
      remove: () => Promise.resolve(),
    });
  });

  test('says which events Kafka will never take, and takes what came beside them', async () => {
    const bus = await createBusFromEnvironment(
      new Environment({ KAFKA_BROKERS: broker.brokers, KAFKA_TOPIC_PREFIX: `${newId()}.` }),
      log,
    );
    const text = randomBytes(LARGEST_MESSAGE + 1).toString('base64');
    const large = { ...counted('a', 2), data: { number: 2, text } };
    // The first is under way while the others wait, to go together.
    const outcomes = await Promise.allSettled([
      bus.publish('order-events', [counted('z', 1)]),
      bus.publish('order-events', [counted('a', 1), large, counted('a', 3)]),
      bus.publish('order-events', [counted('b', 1)]),
    ]);
    expect(outcomes.map(({ status }) => status)).toEqual(['fulfilled', 'rejected', 'fulfilled']);
    expect(outcomes[1]).toHaveProperty('reason', expect.any(EventsRefused));
    await bus.publish('order-events', [counted('a', 4)]);
    await bus.close();
  });
});
