import { createLog, Environment, newId } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import { brokerAvailable } from '../../broker/brokerAvailable.js';
import { describeBusContract } from '../../testing/busContract.js';
import { startTestBroker, type TestBroker } from '../../testing/startTestBroker.js';
import { createBusFromEnvironment } from '../createBusFromEnvironment.js';

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
});
