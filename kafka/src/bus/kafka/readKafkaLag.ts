import type { Admin } from 'kafkajs';
import type { Topic } from '../../event/topics.js';
import type { PartitionLag } from '../eventBus.js';
import type { KafkaSettings } from './kafkaSettings.js';
import { topicName } from './prepareTopics.js';

/** How far a group is behind in each partition of some topics: of what is kept, and not yet committed. */
export async function readKafkaLag(
  admin: Admin,
  settings: KafkaSettings,
  group: string,
  topics: readonly Topic[],
): Promise<readonly PartitionLag[]> {
  if (topics.length === 0) return [];
  const committed = await admin.fetchOffsets({
    groupId: `${settings.prefix}${group}`,
    topics: topics.map((topic) => topicName(settings, topic)),
  });
  const lags = await Promise.all(
    topics.map(async (topic) => {
      const name = topicName(settings, topic);
      const offsets = committed.find((of) => of.topic === name)?.partitions ?? [];
      return (await admin.fetchTopicOffsets(name)).map(({ partition, low, high }): PartitionLag => {
        // -1 while the group has committed nothing.
        const position = Number(offsets.find((of) => of.partition === partition)?.offset ?? -1);
        return { topic, partition, behind: Math.max(0, Number(high) - Math.max(position, Number(low))) };
      });
    }),
  );
  return lags.flat().sort((a, b) => a.topic.localeCompare(b.topic) || a.partition - b.partition);
}
