import { createLog, Environment, newId } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import { Kafka, logLevel } from 'kafkajs';
import { brokerAvailable } from '../broker/brokerAvailable.js';
import { createBusFromEnvironment } from '../bus/createBusFromEnvironment.js';
import { counted, createApplied, readApplied, recordCounted } from '../testing/counted.js';
import { createTestBus } from '../testing/createTestBus.js';
import { createTestSubgraph } from '../testing/createTestSubgraph.js';
import { describeDeadLetters } from '../testing/describeDeadLetters.js';
import { publishAndSettle } from '../testing/publishAndSettle.js';
import { startTestBroker, type TestBroker } from '../testing/startTestBroker.js';
import { listDeadLetters, showDeadLetter } from './deadLetters.js';

const GROUP = 'notifications';
const TOPIC = 'order-events';

describeDeadLetters('Postgres', () => createTestBus({ partitions: 1 }));

requireEngine('Apache Kafka', brokerAvailable())('Kafka', () => {
  let broker: TestBroker;

  beforeAll(async () => {
    broker = await startTestBroker();
  });

  afterAll(() => broker.remove());

  const variables = (): Record<string, string> => ({
    KAFKA_BROKERS: broker.brokers,
    KAFKA_TOPIC_PREFIX: `${newId()}.`,
    BUS_PARTITIONS: '1',
  });
  const open = (environment: Record<string, string>) =>
    createBusFromEnvironment(
      new Environment(environment),
      createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent'),
    );

  describeDeadLetters('Apache Kafka', () => open(variables()));

  test('what others write to a topic: no JSON, nothing at all, no key, unknown types', async () => {
    const environment = variables();
    const bus = await open(environment);
    const subgraph = await createTestSubgraph(GROUP, bus);
    await createApplied(subgraph.pool);
    await subgraph.messaging([recordCounted()]).start();
    const stranger = new Kafka({ brokers: [broker.brokers], logLevel: logLevel.NOTHING }).producer();
    await stranger.connect();
    await stranger.send({
      topic: `${environment['KAFKA_TOPIC_PREFIX'] ?? ''}${TOPIC}`,
      messages: [
        { key: 'text', value: 'no JSON \0' },
        { key: 'bytes', value: Buffer.from([0xff, 0x00, 0xfe]) },
        { key: 'tombstone', value: null },
        { key: null, value: '' },
        { key: null, value: '[]' },
        { key: 'number', value: '1' },
        { key: 'unknown', value: JSON.stringify({ ...counted('unknown', 1), type: 'test.unknown' }) },
        { key: 'elsewhere', value: JSON.stringify(counted('good', 1)) },
      ],
    });
    await stranger.disconnect();
    await publishAndSettle(bus, GROUP, TOPIC, [counted('good', 2)]);
    expect(await readApplied(subgraph.pool, 'good')).toEqual([1, 2]);
    const dead = [...(await listDeadLetters(subgraph.pool))].sort(
      (a, b) => Number(a.offset) - Number(b.offset),
    );
    expect(dead.map(({ aggregateId }) => aggregateId)).toEqual([
      'text',
      'bytes',
      'tombstone',
      '',
      '',
      'number',
    ]);
    for (const { reason } of dead) expect(reason).toMatch(/^not an event: /);
    const shown = await Promise.all(
      dead.map(async ({ id }) => (await showDeadLetter(subgraph.pool, id))?.event),
    );
    expect(shown).toEqual(['no JSON \0', '\ufffd\0\ufffd', null, '', [], 1]);
    await subgraph.remove();
    await bus.close();
  });
});
