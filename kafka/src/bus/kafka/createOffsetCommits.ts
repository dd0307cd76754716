import type { Log } from '@foyer/platform';
import type { Consumer as KafkaConsumer } from 'kafkajs';
import { createLoop } from '../../session/createLoop.js';
import { describeKafkaError } from './describeKafkaError.js';
import type { KafkaPartition } from './createGroupMember.js';

/** Commits how far partitions were handled; what comes while a commit is under way goes together in the next. */
export interface OffsetCommits {
  /**
   * From now on, by this consumer; by none while it is null. What was not committed before is forgotten: it is not
   * known whose the partition was in between.
   */
  begin(consumer: KafkaConsumer | null): void;
  /** Notes that a partition was handled up to a position, and commits it soon. */
  commit(place: KafkaPartition, position: number): void;
  /** Resolves when all is committed, or can't be. */
  flush(): Promise<void>;
  stop(): Promise<void>;
}

interface Position extends KafkaPartition {
  readonly position: number;
}

/** The commits of one member of a group. */
export function createOffsetCommits(log: Log): OffsetCommits {
  let consumer: KafkaConsumer | null = null;
  let pending = new Map<string, Position>();

  async function commitPending(): Promise<void> {
    if (consumer === null || pending.size === 0) return;
    const by = consumer;
    const taken = pending;
    pending = new Map();
    try {
      await by.commitOffsets(
        [...taken.values()].map(({ topic, partition, position }) => ({
          topic,
          partition,
          offset: String(position),
        })),
      );
    } catch (error) {
      // Still ours to say, unless it has joined again meanwhile; and later positions are the better ones.
      if (consumer === by) pending = new Map([...taken, ...pending]);
      throw error;
    }
  }

  const committing = createLoop({ name: 'committing of offsets', run: commitPending, log });

  return {
    begin(joined) {
      consumer = joined;
      pending = new Map();
    },
    commit({ topic, partition }, position) {
      if (consumer === null) return;
      pending.set(`${topic}/${partition}`, { topic, partition, position });
      committing.wake();
    },
    async flush() {
      await committing.settled();
      await commitPending().catch((error: unknown) => {
        log.info(
          { reason: describeKafkaError(error) },
          'offsets could not be committed: the events come again',
        );
      });
    },
    stop: () => committing.stop(),
  };
}
