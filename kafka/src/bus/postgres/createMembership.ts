import { invariant, type Log, type PgConnection } from '@foyer/platform';
import type { Pool } from 'pg';
import { createLoop } from '../../session/createLoop.js';
import { assignPartitions } from './assignPartitions.js';
import { MEMBERSHIP, type LogSession, type Members } from './logSession.js';
import type { Partition } from './preparePartitions.js';

export interface MembershipOptions {
  readonly pool: Pool;
  readonly session: LogSession;
  readonly groupId: number;
  /** All partitions of the group's topics, in order of their ids. */
  readonly partitions: readonly Partition[];
  /** Whether a batch of it is still in hand here, from before it was lost: then it is not taken yet. */
  readonly isBusy: (partitionId: number) => boolean;
  /** A partition is ours from now on; to be read from `position`. */
  readonly onAcquired: (partition: Partition, position: number) => void;
  /** A partition is wanted by another member: resolves when nothing of it is in hand and offsets are written. */
  readonly onLeaving: (partitionId: number) => Promise<void>;
  /** All partitions are gone, for other members to take. */
  readonly onLost: () => void;
  readonly log: Log;
}

/** A process's part in a group: which partitions are its. */
export interface Membership {
  /** Resolves when it has joined and taken those partitions that are free. */
  start(): Promise<void>;
  /** Takes no further partition. */
  freeze(): Promise<void>;
  /** Lets the other members have all partitions. */
  leave(): Promise<void>;
}

/**
 * A member owns a partition while its process's session holds the partition's advisory lock. Members take what
 * they should have by `assignPartitions` as soon as it is free, and give up what another should have; the locks
 * of a process that dies are free at once, and the others notice when they next look at the members.
 */
export function createMembership(options: MembershipOptions): Membership {
  const { pool, session, groupId, partitions, isBusy, onAcquired, onLeaving, onLost, log } = options;
  /** The connection by which this process is a member. */
  let memberBy: PgConnection | null = null;
  let latest: { readonly members: Members; readonly connection: PgConnection } | null = null;
  /** Locked by this connection, and what has become of it. */
  const locked = new Map<number, 'new' | 'ours' | 'leaving'>();
  let announceJoined: () => void = () => undefined;

  async function rebalance(): Promise<void> {
    if (latest === null) return;
    const { members, connection } = latest;
    if (memberBy !== connection) {
      await connection.query('select pg_advisory_lock_shared($1, $2)', [groupId, MEMBERSHIP]);
      memberBy = connection;
      session.wakeOthers();
      session.refresh();
      return;
    }
    const ids = partitions.map(({ id }) => id);
    const wanted = new Set(assignPartitions(ids, members.get(groupId) ?? [], connection.id));
    for (const [id, state] of locked) {
      if (!wanted.has(id) && state === 'ours') void giveUp(id, connection);
    }
    await acquire(
      [...wanted].filter((id) => !isBusy(id)),
      connection,
    );
    announceJoined();
  }

  async function acquire(wanted: readonly number[], connection: PgConnection): Promise<void> {
    const free = wanted.filter((id) => !locked.has(id));
    if (free.length > 0) {
      const rows = await connection.query<{ id: number }>(
        'select id from unnest($2::int[]) as id where pg_try_advisory_lock($1, id)',
        [groupId, free],
      );
      if (memberBy !== connection) return;
      for (const { id } of rows) locked.set(id, 'new');
    }
    const taken = [...locked].filter(([, state]) => state === 'new').map(([id]) => id);
    if (taken.length === 0) return;
    // Read after the locks were granted: what their last owner has written is seen.
    const { rows } = await pool.query<{ id: number; position: number }>(
      `select partition_id as id, next_position::float8 as position
       from bus.committed_position where group_id = $1 and partition_id = any ($2::int[])`,
      [groupId, taken],
    );
    if (memberBy !== connection) return;
    const positions = new Map(rows.map(({ id, position }) => [id, position]));
    for (const id of taken) {
      const partition = partitions.find((candidate) => candidate.id === id);
      invariant(partition, `partition ${id} was assigned and does not exist`);
      locked.set(id, 'ours');
      onAcquired(partition, positions.get(id) ?? 0);
    }
  }

  async function giveUp(id: number, connection: PgConnection): Promise<void> {
    locked.set(id, 'leaving');
    await onLeaving(id);
    if (memberBy !== connection) return;
    await connection.query('select pg_advisory_unlock($1, $2)', [groupId, id]).catch(() => undefined);
    if (memberBy !== connection) return;
    locked.delete(id);
    session.wakeOthers();
    session.refresh();
  }

  const rebalancing = createLoop({ name: 'assigning of partitions', run: rebalance, log });
  let detach: () => void = () => undefined;
  return {
    async start() {
      const joined = new Promise<void>((resolve) => {
        announceJoined = resolve;
      });
      detach = session.attach({
        onMembers(members, connection) {
          latest = { members, connection };
          rebalancing.wake();
        },
        onLost() {
          memberBy = null;
          latest = null;
          locked.clear();
          onLost();
        },
      });
      session.refresh();
      await joined;
    },
    async freeze() {
      announceJoined();
      await rebalancing.stop();
    },
    async leave() {
      detach();
      if (memberBy === null || memberBy !== session.connection) return;
      await memberBy
        .query(
          `select pg_advisory_unlock($1, id) from unnest($2::int[]) as id
           union all select pg_advisory_unlock_shared($1, ${MEMBERSHIP})`,
          [groupId, [...locked.keys()]],
        )
        .catch(() => undefined);
      memberBy = null;
      session.wakeOthers();
    },
  };
}
