import { invariant, type Log } from '@foyer/platform';
import { setTimeout as delay } from 'node:timers/promises';
import { createRunning } from '../createRunning.js';
import type { EventBus } from '../eventBus.js';
import { createAdminAccess } from './createAdminAccess.js';
import { createKafkaClient } from './createKafkaClient.js';
import { createKafkaConsumer } from './createKafkaConsumer.js';
import { createKafkaFollower } from './createKafkaFollower.js';
import { createPublisher } from './createPublisher.js';
import { describeKafkaError, wrongKafkaConfiguration } from './describeKafkaError.js';
import type { KafkaSettings } from './kafkaSettings.js';
import { partitionOfKey } from './partitionOfKey.js';
import { prepareTopics, topicName } from './prepareTopics.js';
import { readKafkaLag } from './readKafkaLag.js';

export interface KafkaBusOptions {
  readonly settings: KafkaSettings;
  /** Partitions of each topic. Chosen once, when the topics are created. */
  readonly partitions: number;
  readonly log: Log;
}

const CONNECT_INTERVAL = 500;
const SAY_INTERVAL = 10_000;
/** How long Kafka may take to answer for its health. */
const HEALTH_TIMEOUT = 5000;

/**
 * The bus on Apache Kafka. Topics that are missing are created; brokers that do not answer yet are waited for.
 *
 * @throws ConfigurationError when the topics have another number of partitions, or the brokers turn us away.
 */
export async function createKafkaBus({
  settings,
  partitions,
  log: parent,
}: KafkaBusOptions): Promise<EventBus> {
  const log = parent.child({ part: 'bus' });
  const where = settings.brokers.join(', ');
  const admin = createAdminAccess(createKafkaClient(settings, log));
  await waitForTopics();
  const publisher = createPublisher(settings, log);
  const running = createRunning();
  const groups = new Set<string>();

  async function waitForTopics(): Promise<void> {
    let saidAt = -Infinity;
    for (;;) {
      try {
        await admin.use((asked) => prepareTopics(asked, settings, partitions));
        return;
      } catch (error) {
        const wrong = wrongKafkaConfiguration(error, where);
        if (wrong !== null) throw wrong;
        if (performance.now() - saidAt > SAY_INTERVAL) {
          saidAt = performance.now();
          log.warn(`waiting for Kafka at ${where}: ${describeKafkaError(error)}`);
        }
        await delay(CONNECT_INTERVAL);
      }
    }
  }

  return {
    async publish(topic, events) {
      if (events.length === 0) return;
      await publisher.publish(
        events.map((event) => ({
          topic: topicName(settings, topic),
          partition: partitionOfKey(event.subject, partitions),
          key: event.subject,
          value: Buffer.from(JSON.stringify(event)),
        })),
      );
    },
    consume(options) {
      const { group } = options;
      invariant(!groups.has(group), `group ${group} already has a consumer on this bus`);
      groups.add(group);
      const consumer = createKafkaConsumer({ ...options, settings, log });
      return running.track({
        start: () => consumer.start(),
        async stop() {
          await consumer.stop();
          groups.delete(group);
        },
      });
    },
    follow: (options) => running.track(createKafkaFollower({ ...options, settings, admin, log })),
    lag: (group, topics) => admin.use((asked) => readKafkaLag(asked, settings, group, topics)),
    async health() {
      const asked = admin.use((kafka) => kafka.describeCluster());
      const late = delay(HEALTH_TIMEOUT, 'late' as const, { ref: false });
      if ((await Promise.race([asked, late])) === 'late')
        throw new Error(`Kafka at ${where} does not answer`);
      running.check();
    },
    async close() {
      await running.stop();
      await publisher.close();
      await admin.close();
    },
  };
}
