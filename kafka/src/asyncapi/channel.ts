import type { EventDefinition } from '../event/defineEvent.js';
import { TOPIC_RETENTION } from '../event/topicRetention.js';
import { topicOwner, type Topic } from '../event/topics.js';
import { messageName, reference, type Json } from './names.js';

const DAY = 24 * 60 * 60 * 1000;

/** The channel of a topic. */
export function channelOf(topic: Topic, definitions: readonly EventDefinition[]): Json {
  const retention = TOPIC_RETENTION[topic];
  const owner = topicOwner(topic) ?? 'nobody';
  return {
    address: topic,
    title: topic,
    description:
      `Published by ${owner} alone, in the order of each aggregate's versions, and kept for ${retention / DAY} days. ` +
      'An installation may put `KAFKA_TOPIC_PREFIX` before the address.',
    messages: Object.fromEntries(
      definitions.map((each) => [messageName(each), reference('components', 'messages', messageName(each))]),
    ),
    bindings: {
      kafka: {
        topic,
        topicConfiguration: { 'cleanup.policy': ['delete'], 'retention.ms': retention },
        bindingVersion: '0.5.0',
      },
    },
  };
}
