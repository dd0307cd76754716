import { mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, Environment, findOnPath } from '@foyer/platform';
import { requireEngine } from '@foyer/platform/testing';
import { brokerAvailable } from '../../broker/brokerAvailable.js';
import { counted } from '../../testing/counted.js';
import { createCertificates, type Certificates } from '../../testing/createCertificates.js';
import { settle } from '../../testing/publishAndSettle.js';
import { startTestBroker, type TestBroker } from '../../testing/startTestBroker.js';
import { createBusFromEnvironment } from '../createBusFromEnvironment.js';
import type { EventBus } from '../eventBus.js';

const TOPIC = 'order-events';
const PLAIN = 'org.apache.kafka.common.security.plain.PlainLoginModule';

requireEngine('Apache Kafka', brokerAvailable())('Kafka with TLS and SASL', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-kafka-tls-'));
  let certificates: Certificates;
  let broker: TestBroker;
  let variables: Readonly<Record<string, string>>;

  beforeAll(async () => {
    expect(findOnPath('openssl')).not.toBeNull();
    certificates = createCertificates(folder);
    broker = await startTestBroker({
      'listener.security.protocol.map': 'CLIENT:SASL_SSL,CONTROLLER:PLAINTEXT',
      'ssl.keystore.type': 'PEM',
      'ssl.keystore.location': certificates.keystore,
      'ssl.truststore.type': 'PEM',
      'ssl.truststore.location': certificates.ca,
      'listener.name.client.ssl.client.auth': 'required',
      'sasl.enabled.mechanisms': 'PLAIN',
      'sasl.mechanism.inter.broker.protocol': 'PLAIN',
      'listener.name.client.plain.sasl.jaas.config': `${PLAIN} required username="broker" password="b" user_broker="b" user_foyer="right";`,
    });
    variables = {
      KAFKA_BROKERS: broker.brokers,
      KAFKA_TLS: 'true',
      KAFKA_TLS_CA: certificates.ca,
      KAFKA_TLS_CERT: certificates.cert,
      KAFKA_TLS_KEY: certificates.key,
      KAFKA_SASL_MECHANISM: 'plain',
      KAFKA_SASL_USERNAME: 'foyer',
      KAFKA_SASL_PASSWORD: 'right',
      BUS_PARTITIONS: '1',
    };
  });

  afterAll(async () => {
    await broker.remove();
    rmSync(folder, { recursive: true });
  });

  const open = (others: Readonly<Record<string, string>> = {}): Promise<EventBus> =>
    createBusFromEnvironment(new Environment({ ...variables, ...others }), createLog('test', 'silent'));

  test('publishes, consumes and follows with certificate and password', async () => {
    const bus = await open();
    const seen: string[] = [];
    await bus.follow({ topics: [TOPIC], since: 'now', onEvent: ({ key }) => void seen.push(key) }).start();
    await bus.consume({ group: 'group', topics: [TOPIC], onBatch: () => Promise.resolve() }).start();
    await bus.publish(TOPIC, [counted('a', 1)]);
    await settle(bus, 'group', [TOPIC]);
    await bus.health();
    await bus.close();
  });

  test.each([
    [
      'a wrong password',
      { KAFKA_SASL_PASSWORD: 'wrong' },
      /look at KAFKA_SASL_MECHANISM, KAFKA_SASL_USERNAME and/,
    ],
    [
      'a mechanism that is not enabled',
      { KAFKA_SASL_MECHANISM: 'scram-sha-512' },
      /look at KAFKA_SASL_MECHANISM/,
    ],
    ['an authority that we do not know', { KAFKA_TLS_CA: '' }, /look at KAFKA_TLS_CA/],
    [
      'no certificate of ours',
      { KAFKA_TLS_CERT: '', KAFKA_TLS_KEY: '' },
      /look at KAFKA_TLS_CA, KAFKA_TLS_CERT/,
    ],
  ])('%s ends the start, and is not waited for', async (_, others, message) => {
    await expect(open(others)).rejects.toThrow(message);
  });

  test('a certificate of another authority is not ours', async () => {
    const other = join(folder, 'other');
    mkdirSync(other);
    await expect(open({ KAFKA_TLS_CA: createCertificates(other).ca })).rejects.toThrow(/KAFKA_TLS_CA/);
  });
});
