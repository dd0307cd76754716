import { newId, type Log } from '@foyer/platform';
import type { Consumer as KafkaConsumer, EachBatchPayload } from 'kafkajs';
import { setTimeout as delay } from 'node:timers/promises';
import type { Topic } from '../../event/topics.js';
import type { RunningFollower } from '../createRunning.js';
import type { FollowOptions } from '../eventBus.js';
import type { AdminAccess } from './createAdminAccess.js';
import { createGroupMember, type KafkaPartition } from './createGroupMember.js';
import { describeKafkaError } from './describeKafkaError.js';
import type { KafkaSettings } from './kafkaSettings.js';
import { topicName } from './prepareTopics.js';
import { toBusMessage } from './toBusMessage.js';

export interface KafkaFollowerOptions extends FollowOptions {
  readonly settings: KafkaSettings;
  readonly admin: AdminAccess;
  readonly log: Log;
  /** Makes the member of its group. Default: one of Kafka's. */
  readonly createMember?: typeof createGroupMember;
}

const RETRY_PAUSE = 500;
const HEARTBEAT_EVERY = 50;

/**
 * Reads all partitions of its topics from where it began, and keeps its place in memory only. kafkajs can't be told
 * which partitions to read but by a group: it is the only member of one of its own, which never commits anything.
 */
export function createKafkaFollower(options: KafkaFollowerOptions): RunningFollower {
  const { settings, admin, topics, since, onEvent, log, createMember = createGroupMember } = options;
  const byName = new Map<string, Topic>(topics.map((topic) => [topicName(settings, topic), topic]));
  const positions = new Map<string, number>();
  const group = `${settings.prefix}follower-${newId()}`;
  let stopping = false;
  /** Settles when nothing is in hand; never rejects: joining waits for it, and would be refused for ever. */
  let onHand: Promise<void> = Promise.resolve();
  let joining: Promise<void> = Promise.resolve();

  async function findPositions(): Promise<void> {
    for (const name of byName.keys()) {
      const offsets = await admin.use((asked) =>
        since === 'now'
          ? asked.fetchTopicOffsets(name)
          : asked.fetchTopicOffsetsByTimestamp(name, since.getTime()),
      );
      for (const { partition, offset } of offsets)
        positions.set(keyOf({ topic: name, partition }), Number(offset));
    }
  }

  function onJoined(consumer: KafkaConsumer, partitions: readonly KafkaPartition[]): void {
    for (const place of partitions)
      consumer.seek({ ...place, offset: String(positions.get(keyOf(place)) ?? 0) });
  }

  async function readBatch({ batch, resolveOffset, heartbeat }: EachBatchPayload): Promise<void> {
    const key = keyOf(batch);
    const topic = byName.get(batch.topic);
    for (const [index, message] of batch.messages.entries()) {
      if (stopping || topic === undefined) return;
      if (Number(message.offset) < (positions.get(key) ?? 0)) continue;
      try {
        await onEvent(toBusMessage(message), topic);
      } catch (error) {
        log.error({ err: error, topic, offset: message.offset }, 'a follower failed on an event; it goes on');
      }
      positions.set(key, Number(message.offset) + 1);
      resolveOffset(message.offset);
      if (index % HEARTBEAT_EVERY === 0) await heartbeat();
    }
    resolveOffset(batch.lastOffset());
  }

  function onFetched(payload: EachBatchPayload): Promise<void> {
    const reading = readBatch(payload);
    onHand = reading.catch(() => undefined);
    return reading;
  }

  const member = createMember({
    ...{ settings, group, topics: [...byName.keys()], onJoined, log },
    beforeJoin: () => onHand,
    onLeft: () => undefined,
    onFetched,
  });

  return {
    check() {
      if (!member.joined) throw new Error(`a follower of ${topics.join(', ')} has not joined its group`);
    },
    async start() {
      for (;;) {
        try {
          await findPositions();
          break;
        } catch (error) {
          if (stopping) return;
          log.warn({ reason: describeKafkaError(error) }, 'a follower waits for Kafka');
          await delay(RETRY_PAUSE);
        }
      }
      // From here on nothing is missed, whenever it is let in.
      joining = member.start();
    },
    async stop() {
      stopping = true;
      await joining;
      await member.stop();
      await onHand;
      // Nobody comes back to it; what is left is removed by Kafka itself, later.
      await admin.use((asked) => asked.deleteGroups([group])).catch(() => undefined);
    },
  };
}

function keyOf({ topic, partition }: KafkaPartition): string {
  return `${topic}/${partition}`;
}
