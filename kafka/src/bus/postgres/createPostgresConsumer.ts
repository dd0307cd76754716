import { invariant, type Log } from '@foyer/platform';
import type { Pool } from 'pg';
import { createLoop } from '../../session/createLoop.js';
import type { BusMessage, ConsumeOptions, Consumer } from '../eventBus.js';
import { createMembership, type Membership } from './createMembership.js';
import { createOffsetCommitter, type OffsetCommitter } from './createOffsetCommitter.js';
import { findGroup } from './findGroup.js';
import type { LogEnds } from './logEnds.js';
import type { LogSession } from './logSession.js';
import type { LogTail } from './logTail.js';
import type { Partition } from './preparePartitions.js';
import { readLog } from './readLog.js';

/** A partition that this member has. */
interface Owned extends Partition {
  /** What to read next. */
  position: number;
  /** Batches in a row that were not handled. */
  failures: number;
  /** Not to be read before this instant of the process's clock. */
  pausedUntil: number;
  /** To be given to another member: nothing more is read. */
  leaving: boolean;
}

export interface PostgresConsumerOptions extends ConsumeOptions {
  readonly pool: Pool;
  readonly session: LogSession;
  readonly ends: LogEnds;
  readonly tail: LogTail;
  /** All partitions of the group's topics, in order of their ids. */
  readonly partitions: readonly Partition[];
  readonly log: Log;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

/** A member of a group: reads the partitions that its membership gives it. */
export function createPostgresConsumer(options: PostgresConsumerOptions): Consumer {
  const {
    pool,
    session,
    ends,
    tail,
    partitions,
    onBatch,
    group,
    maxBatch = 100,
    maxPartitions = 8,
  } = options;
  const log = options.log.child({ group });
  const owned = new Map<number, Owned>();
  /** Batches in hand by partition, also of partitions that were lost meanwhile. */
  const inHand = new Map<number, Promise<void>>();
  let committer: OffsetCommitter | null = null;
  let membership: Membership | null = null;

  /** Takes what there is for partitions that have nothing in hand: from memory, or all by one statement. */
  async function readOnce(): Promise<void> {
    const ready = [...owned.values()].filter(isReady).slice(0, Math.max(0, maxPartitions - inHand.size));
    const unread = ready.filter((partition) => {
      const messages = tail.read(partition.id, partition.position, maxBatch);
      if (messages !== null) take(partition, messages, partition.position);
      return messages === null;
    });
    if (unread.length === 0) return;
    const reachable = new Map(unread.map(({ id }) => [id, ends.of(id)]));
    try {
      const from = unread.map(({ id, position }) => ({ partitionId: id, position }));
      const messages = await readLog(pool, from, maxBatch);
      for (const partition of unread) {
        // Lost or given away while it was read.
        if (owned.get(partition.id) !== partition || partition.leaving) continue;
        take(partition, messages.get(partition.id) ?? [], reachable.get(partition.id) ?? 0);
      }
    } catch (error) {
      log.warn({ err: error }, 'the log could not be read; trying again');
      for (const partition of unread) pause(partition);
    }
  }

  function isReady({ id, position, pausedUntil, leaving }: Owned): boolean {
    return !inHand.has(id) && !leaving && position < ends.of(id) && pausedUntil <= Date.now();
  }

  function take(partition: Owned, messages: readonly BusMessage[], end: number): void {
    const first = messages[0]?.offset ?? end;
    if (partition.position > 0 && first > partition.position) {
      const { topic, partition: number, position } = partition;
      log.error(
        { topic, partition: number, lost: first - position },
        'events were trimmed before they were read',
      );
    }
    if (messages.length === 0) {
      partition.position = end;
      committer?.commit(partition.id, end);
      return;
    }
    // To the end of the line, so that full partitions do not starve the others.
    owned.delete(partition.id);
    owned.set(partition.id, partition);
    inHand.set(partition.id, handle(partition, messages));
  }

  async function handle(partition: Owned, messages: readonly BusMessage[]): Promise<void> {
    const { id, topic, partition: number } = partition;
    const next = (messages.at(-1)?.offset ?? partition.position) + 1;
    try {
      await onBatch({ topic, partition: number, messages });
      partition.position = next;
      partition.failures = 0;
      committer?.commit(id, next);
    } catch (error) {
      log.error({ err: error, topic, partition: number }, 'a batch was not handled; it will be tried again');
      pause(partition);
    }
    inHand.delete(id);
    // Lost in between: it may be ours again, and was not taken because of this batch.
    if (owned.get(id) !== partition) session.refresh();
    reading.wake();
  }

  function pause(partition: Owned): void {
    const delay = Math.min(FIRST_PAUSE * 2 ** partition.failures, LONGEST_PAUSE);
    partition.failures += 1;
    partition.pausedUntil = Date.now() + delay;
    setTimeout(reading.wake, delay + 1).unref();
  }

  const reading = createLoop({ name: 'reading for a group', run: readOnce, log });
  let detach: () => void = () => undefined;
  return {
    async start() {
      invariant(membership === null, `the consumer of ${group} was started twice`);
      const groupId = await findGroup(pool, group);
      const offsets = createOffsetCommitter(pool, groupId, log);
      committer = offsets;
      membership = createMembership({
        pool,
        session,
        groupId,
        partitions,
        isBusy: (id) => inHand.has(id) && !owned.has(id),
        onAcquired(partition, position) {
          owned.set(partition.id, { ...partition, position, failures: 0, pausedUntil: 0, leaving: false });
          reading.wake();
        },
        async onLeaving(id) {
          const partition = owned.get(id);
          if (partition !== undefined) partition.leaving = true;
          await inHand.get(id);
          await offsets.flush();
          if (owned.get(id) === partition) owned.delete(id);
        },
        onLost: () => {
          owned.clear();
        },
        log,
      });
      detach = ends.onGrown(reading.wake);
      await membership.start();
    },
    async stop() {
      detach();
      await membership?.freeze();
      await reading.stop();
      await Promise.all(inHand.values());
      await committer?.close();
      await membership?.leave();
      owned.clear();
    },
  };
}
