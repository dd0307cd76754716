import type { Log } from '@foyer/platform';
import type { Pool } from 'pg';

/** Writes down how far a group has read: many commits within a moment are one statement. */
export interface OffsetCommitter {
  /** Notes that everything before `position` of a partition is handled. */
  commit(partitionId: number, position: number): void;
  /** Resolves when all that was noted is written, or when the database refused (it is then tried again later). */
  flush(): Promise<void>;
  /** Flushes, and tries no more. */
  close(): Promise<void>;
}

/** At least between two statements, in milliseconds. What a crash loses of it is delivered again. */
const INTERVAL = 100;
const RETRY_INTERVAL = 500;

export function createOffsetCommitter(pool: Pool, groupId: number, log: Log): OffsetCommitter {
  let noted = new Map<number, number>();
  let timer: NodeJS.Timeout | null = null;
  let writing: Promise<void> | null = null;
  let writtenAt = 0;
  let closed = false;

  function schedule(delay: number): void {
    if (closed) return;
    timer ??= setTimeout(() => {
      timer = null;
      void write();
    }, delay);
  }

  async function write(): Promise<void> {
    if (writing !== null) {
      await writing;
      return;
    }
    if (noted.size === 0) return;
    const taken = noted;
    noted = new Map();
    writing = send(taken);
    await writing;
  }

  async function send(positions: ReadonlyMap<number, number>): Promise<void> {
    let delay = INTERVAL;
    try {
      await pool.query(WRITE_POSITIONS, [groupId, [...positions.keys()], [...positions.values()]]);
    } catch (error) {
      log.warn({ err: error }, 'offsets could not be committed; trying again');
      for (const [partitionId, position] of positions) {
        noted.set(partitionId, Math.max(position, noted.get(partitionId) ?? 0));
      }
      delay = RETRY_INTERVAL;
    }
    writing = null;
    writtenAt = Date.now();
    if (noted.size > 0) schedule(delay);
  }

  async function flush(): Promise<void> {
    if (timer !== null) clearTimeout(timer);
    timer = null;
    await writing;
    await write();
  }

  return {
    commit(partitionId, position) {
      noted.set(partitionId, position);
      if (writing === null) schedule(Math.max(0, writtenAt + INTERVAL - Date.now()));
    },
    flush,
    async close() {
      closed = true;
      await flush();
    },
  };
}

/**
 * A position never goes back: a member that has lost its partition may finish its batch after the next one,
 * and both have handled all before what they commit. It need not survive a power cut: the inbox would notice.
 */
const WRITE_POSITIONS = `
  insert into bus.committed_position as c (group_id, partition_id, next_position)
  select $1, partition_id, position
  from unnest($2::int[], $3::bigint[]) as p (partition_id, position),
       (select set_config('synchronous_commit', 'off', true)) as setting
  order by partition_id
  on conflict (group_id, partition_id)
  do update set next_position = greatest(c.next_position, excluded.next_position)`;
