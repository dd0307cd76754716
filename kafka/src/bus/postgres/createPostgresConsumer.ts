import { invariant, type Log } from '@foyer/platform';
import type { Client, Pool } from 'pg';
import type { BusMessage, ConsumeOptions, Consumer } from '../eventBus.js';
import { assignPartitions } from './assignPartitions.js';
import { createOffsetCommitter } from './createOffsetCommitter.js';
import type { LogEnds } from './logEnds.js';
import { MEMBERSHIP, type LogSession, type Members } from './logSession.js';
import type { Partition } from './preparePartitions.js';
import { readLog } from './readLog.js';
import { sessionId } from './sessionId.js';

/** A partition that this member has. */
interface Owned extends Partition {
  /** What to read next. */
  position: number;
  /** The batch being handled. */
  inHand: Promise<void> | null;
  /** To be given to another member: takes no further batch. */
  leaving: boolean;
  /** Batches in a row that were not handled. */
  failures: number;
  /** Not to be read before this instant of the process's clock. */
  pausedUntil: number;
}

export interface PostgresConsumerOptions extends ConsumeOptions {
  readonly pool: Pool;
  readonly session: LogSession;
  readonly ends: LogEnds;
  /** All partitions of the group's topics, in order of their ids. */
  readonly partitions: readonly Partition[];
  readonly log: Log;
}

const FIRST_PAUSE = 100;
const LONGEST_PAUSE = 5000;

/**
 * A member of a group. It owns a partition while its process's session holds the partition's advisory lock;
 * the lock of a process that dies is free at once, and the others notice when they next look at the members.
 */
export function createPostgresConsumer(options: PostgresConsumerOptions): Consumer {
  const { pool, session, ends, partitions, onBatch, group, maxBatch = 100, maxPartitions = 8 } = options;
  const log = options.log.child({ group });
  const owned = new Map<number, Owned>();
  /** Batches still in hand of partitions that were lost with the connection. */
  const unfinished = new Set<number>();
  let groupId = 0;
  /** The connection by which this process is a member. */
  let memberBy: Client | null = null;
  let latest: { readonly members: Members; readonly client: Client } | null = null;
  let rebalancing: Promise<void> | null = null;
  let reading: Promise<void> | null = null;
  let readAgain = false;
  let stopping = false;
  let announceJoined: () => void = () => undefined;
  const committer = createOffsetCommitter(pool, () => groupId, log);

  async function rebalance(members: Members, client: Client): Promise<void> {
    if (memberBy !== client) {
      await client.query('select pg_advisory_lock_shared($1, $2)', [groupId, MEMBERSHIP]);
      memberBy = client;
      session.wakeOthers();
      session.refresh();
      return;
    }
    const ids = partitions.map(({ id }) => id);
    const mine = new Set(assignPartitions(ids, members.get(groupId) ?? [], sessionId(client)));
    for (const partition of owned.values()) {
      if (!mine.has(partition.id) && !partition.leaving) void leave(partition, client);
    }
    await acquire([...mine].filter((id) => !owned.has(id) && !unfinished.has(id)), client);
    announceJoined();
    read();
  }

  async function acquire(ids: readonly number[], client: Client): Promise<void> {
    if (ids.length === 0) return;
    const { rows: locked } = await client.query<{ id: number }>(
      'select id from unnest($2::int[]) as id where pg_try_advisory_lock($1, id)',
      [groupId, ids],
    );
    const { rows: committed } = await client.query<{ id: number; position: number }>(
      `select partition_id as id, next_position::float8 as position
       from bus.committed_position where group_id = $1 and partition_id = any ($2::int[])`,
      [groupId, locked.map(({ id }) => id)],
    );
    if (memberBy !== client) return;
    const positions = new Map(committed.map(({ id, position }) => [id, position]));
    for (const { id } of locked) {
      const partition = partitions.find((candidate) => candidate.id === id);
      invariant(partition, `partition ${id} was assigned and does not exist`);
      const position = positions.get(id) ?? 0;
      owned.set(id, { ...partition, position, inHand: null, leaving: false, failures: 0, pausedUntil: 0 });
    }
  }

  /** Finishes with a partition and lets another member have it. */
  async function leave(partition: Owned, client: Client): Promise<void> {
    partition.leaving = true;
    await partition.inHand;
    await committer.flush();
    if (memberBy !== client) return;
    owned.delete(partition.id);
    await client.query('select pg_advisory_unlock($1, $2)', [groupId, partition.id]).catch(() => undefined);
    session.wakeOthers();
    session.refresh();
  }

  /** Reads what there is for partitions that have nothing in hand, all in one statement. */
  function read(): void {
    readAgain = true;
    reading ??= (async () => {
      while (readAgain && !stopping) {
        readAgain = false;
        await readOnce();
      }
      reading = null;
    })();
  }

  async function readOnce(): Promise<void> {
    const busy = [...owned.values()].filter(({ inHand }) => inHand !== null).length;
    const ready = [...owned.values()].filter(isReady).slice(0, Math.max(0, maxPartitions - busy));
    if (ready.length === 0) return;
    const reachable = new Map(ready.map(({ id }) => [id, ends.of(id)]));
    try {
      const from = ready.map(({ id, position }) => ({ partitionId: id, position }));
      const messages = await readLog(pool, from, maxBatch);
      for (const partition of ready) {
        // Lost or given away while it was read.
        if (owned.get(partition.id) !== partition || partition.leaving || stopping) continue;
        dispatch(partition, messages.get(partition.id) ?? [], reachable.get(partition.id) ?? 0);
      }
    } catch (error) {
      log.warn({ err: error }, 'the log could not be read; trying again');
      for (const partition of ready) pause(partition);
    }
  }

  function isReady({ id, position, inHand, leaving, pausedUntil }: Owned): boolean {
    return inHand === null && !leaving && position < ends.of(id) && pausedUntil <= Date.now();
  }

  function dispatch(partition: Owned, messages: readonly BusMessage[], end: number): void {
    const first = messages[0];
    const last = messages.at(-1);
    if (first === undefined || last === undefined) {
      reportGap(partition, end);
      partition.position = end;
      return;
    }
    reportGap(partition, first.offset);
    const { topic, partition: number } = partition;
    partition.inHand = onBatch({ topic, partition: number, messages }).then(
      () => {
        partition.position = last.offset + 1;
        partition.failures = 0;
        committer.commit(partition.id, partition.position);
      },
      (error: unknown) => {
        log.error({ err: error, topic, partition: number }, 'a batch was not handled; it will be tried again');
        pause(partition);
      },
    );
    void partition.inHand.then(() => {
      partition.inHand = null;
      if (unfinished.delete(partition.id)) session.refresh();
      read();
    });
  }

  /** Retention has removed events that this group has never seen. */
  function reportGap({ topic, partition, position }: Owned, available: number): void {
    if (position > 0 && available > position) {
      log.error({ topic, partition, lost: available - position }, 'events were trimmed before they were read');
    }
  }

  function pause(partition: Owned): void {
    const delay = Math.min(FIRST_PAUSE * 2 ** partition.failures, LONGEST_PAUSE);
    partition.failures += 1;
    partition.pausedUntil = Date.now() + delay;
    setTimeout(read, delay + 1).unref();
  }

  async function rebalanceToLatest(): Promise<void> {
    while (latest !== null && !stopping) {
      const { members, client } = latest;
      latest = null;
      await rebalance(members, client).catch((error: unknown) => {
        log.warn({ err: error }, 'partitions could not be assigned; trying again');
      });
    }
    rebalancing = null;
  }

  const detachers: (() => void)[] = [];
  return {
    async start() {
      groupId = await findGroup(pool, group);
      const joined = new Promise<void>((resolve) => {
        announceJoined = resolve;
      });
      detachers.push(
        ends.onGrown(read),
        session.attach({
          onMembers(members, client) {
            latest = { members, client };
            rebalancing ??= rebalanceToLatest();
          },
          onLost() {
            memberBy = null;
            for (const { id, inHand } of owned.values()) if (inHand !== null) unfinished.add(id);
            owned.clear();
          },
        }),
      );
      session.refresh();
      await joined;
    },
    async stop() {
      stopping = true;
      announceJoined();
      for (const detach of detachers) detach();
      await rebalancing;
      await reading;
      await Promise.all([...owned.values()].map(({ inHand }) => inHand));
      await committer.flush();
      const client = memberBy;
      if (client !== null && client === session.client) {
        const ids = [...owned.keys()];
        await client
          .query(
            `select pg_advisory_unlock($1, id) from unnest($2::int[]) as id
             union all select pg_advisory_unlock_shared($1, ${MEMBERSHIP})`,
            [groupId, ids],
          )
          .catch(() => undefined);
        session.wakeOthers();
      }
      owned.clear();
    },
  };
}

async function findGroup(pool: Pool, name: string): Promise<number> {
  const { rows } = await pool.query<{ id: number }>(
    `with created as (
       insert into bus.consumer_group (name) select $1
       where not exists (select from bus.consumer_group where name = $1)
       on conflict (name) do nothing
       returning id
     )
     select id from created union all select id from bus.consumer_group where name = $1`,
    [name],
  );
  // Created by somebody else at the same moment: visible to the next statement.
  return rows[0]?.id ?? (await findGroup(pool, name));
}
