import { ConfigurationError } from '@foyer/platform';
import type { Admin } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import { TOPIC_RETENTION } from '../../event/topicRetention.js';
import { topics, type Topic } from '../../event/topics.js';
import { kafkaErrorType } from './describeKafkaError.js';
import type { KafkaSettings } from './kafkaSettings.js';

const DEFAULT_REPLICAS = 3;
/** Of one message, in bytes: more than any event has, and more than Kafka's default of one million. */
export const LARGEST_MESSAGE = 4 * 1024 * 1024;
const LOOK_INTERVAL = 100;

/** How a topic is called in Kafka. */
export function topicName({ prefix }: Pick<KafkaSettings, 'prefix'>, topic: Topic): string {
  return `${prefix}${topic}`;
}

/**
 * Creates the topics that are missing, and resolves when all can be used. Any number of processes may do so at
 * once.
 *
 * @throws ConfigurationError when a topic has another number of partitions than configured: growing it
 * silently would move keys to other partitions and lose their order.
 */
export async function prepareTopics(
  admin: Admin,
  settings: KafkaSettings,
  partitions: number,
): Promise<void> {
  const existing = new Set(await admin.listTopics());
  const missing = topics.filter((topic) => !existing.has(topicName(settings, topic)));
  if (missing.length > 0) {
    const replicas = settings.replicationFactor ?? (await defaultReplicas(admin));
    await admin.createTopics({
      topics: missing.map((topic) => ({
        topic: topicName(settings, topic),
        numPartitions: partitions,
        replicationFactor: replicas,
        configEntries: Object.entries(configurationOf(topic, replicas)).map(([name, value]) => ({
          name,
          value,
        })),
      })),
      waitForLeaders: false,
    });
  }
  for (const topic of topics) await checkTopic(admin, settings, topic, partitions);
}

async function defaultReplicas(admin: Admin): Promise<number> {
  const { brokers } = await admin.describeCluster();
  return Math.min(DEFAULT_REPLICAS, brokers.length);
}

function configurationOf(topic: Topic, replicas: number): Readonly<Record<string, string>> {
  return {
    'cleanup.policy': 'delete',
    'retention.ms': String(TOPIC_RETENTION[topic]),
    'max.message.bytes': String(LARGEST_MESSAGE),
    // Retention and `since` go by the broker's clock: those of our processes may differ.
    'message.timestamp.type': 'LogAppendTime',
    // What was acknowledged is on two brokers at least, where there are three.
    'min.insync.replicas': replicas >= DEFAULT_REPLICAS ? '2' : '1',
  };
}

/** One that another process has just created has its partitions and their leaders a moment later. */
async function checkTopic(
  admin: Admin,
  settings: KafkaSettings,
  topic: Topic,
  partitions: number,
): Promise<void> {
  for (;;) {
    const found = await describeTopic(admin, topicName(settings, topic));
    if (found !== null && found.length !== partitions) {
      throw new ConfigurationError(
        `BUS_PARTITIONS=${partitions}: topic ${topicName(settings, topic)} has ${found.length} partitions. ` +
          'The number can only be chosen when the topics are created (docs/kafka.md says how to grow them).',
      );
    }
    if (found?.every(({ leader }) => leader >= 0) === true) return;
    await delay(LOOK_INTERVAL);
  }
}

async function describeTopic(
  admin: Admin,
  name: string,
): Promise<readonly { readonly leader: number }[] | null> {
  try {
    const { topics: found } = await admin.fetchTopicMetadata({ topics: [name] });
    return found[0]?.partitions ?? null;
  } catch (error) {
    const type = kafkaErrorType(error);
    if (type === 'UNKNOWN_TOPIC_OR_PARTITION' || type === 'LEADER_NOT_AVAILABLE') return null;
    throw error;
  }
}
