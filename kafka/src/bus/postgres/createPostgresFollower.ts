import type { Log } from '@foyer/platform';
import type { Pool } from 'pg';
import { createLoop } from '../../session/createLoop.js';
import type { RunningFollower } from '../createRunning.js';
import type { FollowOptions } from '../eventBus.js';
import type { LogEnds } from './logEnds.js';
import type { Partition } from './preparePartitions.js';
import { readLog } from './readLog.js';

export interface PostgresFollowerOptions extends FollowOptions {
  readonly pool: Pool;
  readonly ends: LogEnds;
  /** All partitions of the topics. */
  readonly partitions: readonly Partition[];
  readonly log: Log;
}

const BATCH = 200;

/** Reads all partitions of its topics from where it began, and keeps its place in memory only. */
export function createPostgresFollower(options: PostgresFollowerOptions): RunningFollower {
  const { pool, ends, partitions, topics, since, onEvent, log } = options;
  const positions = new Map<number, number>();
  let stopping = false;
  /** Whether its last reading failed. */
  let failing = false;
  let detach: () => void = () => undefined;

  async function readOnce(): Promise<void> {
    const grown = partitions.filter(({ id }) => (positions.get(id) ?? 0) < ends.of(id));
    if (grown.length === 0) return;
    const from = grown.map(({ id }) => ({ partitionId: id, position: positions.get(id) ?? 0 }));
    const reachable = grown.map(({ id }) => ends.of(id));
    const messages = await readLog(pool, from, BATCH);
    for (const [index, { id, topic }] of grown.entries()) {
      const ofPartition = messages.get(id) ?? [];
      for (const message of ofPartition) {
        if (stopping) return;
        try {
          await onEvent(message, topic);
        } catch (error) {
          log.error(
            { err: error, topic, offset: message.offset },
            'a follower failed on an event; it goes on',
          );
        }
        positions.set(id, message.offset + 1);
      }
      // Nothing left of what was there: retention has taken it.
      if (ofPartition.length === 0) positions.set(id, reachable[index] ?? 0);
    }
    reading.wake();
  }

  async function read(): Promise<void> {
    try {
      await readOnce();
      failing = false;
    } catch (error) {
      failing = true;
      throw error;
    }
  }

  const reading = createLoop({ name: 'a follower', run: read, log });

  return {
    check() {
      if (failing) throw new Error(`a follower of ${topics.join(', ')} can not read the log`);
    },
    async start() {
      const { rows } = await pool.query<{ id: number; position: number }>(
        `select id, (case when $2::timestamptz is null then next_position
                          else bus.position_at(id, $2::timestamptz) end)::float8 as position
         from bus.topic_partition where id = any ($1::int[])`,
        [partitions.map(({ id }) => id), since === 'now' ? null : since],
      );
      for (const { id, position } of rows) positions.set(id, position);
      detach = ends.onGrown(reading.wake);
      reading.wake();
    },
    async stop() {
      stopping = true;
      detach();
      await reading.stop();
    },
  };
}
