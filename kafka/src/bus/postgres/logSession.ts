import { createPgSession, type Log, type PgConnection } from '@foyer/platform';
import type { Pool } from 'pg';
import { createLoop } from '../../session/createLoop.js';
import type { LogEnds, PartitionEnd } from './logEnds.js';

/** Who takes part in a group, by the ids of their sessions. */
export type Members = ReadonlyMap<number, readonly number[]>;

/** What a consumer hears of the process's connection to the log. */
export interface SessionListener {
  /** The connection is there and these are the members of each group, as of now. */
  onMembers(members: Members, connection: PgConnection): void;
  /** The connection is lost, and with it all partitions. */
  onLost(): void;
}

/** The one connection of a process by which it hears of the log, and by which others hear of it. */
export interface LogSession {
  readonly connection: PgConnection | null;
  start(): Promise<void>;
  stop(): Promise<void>;
  /** Reads ends and members again, soon. */
  refresh(): void;
  /** The same, and resolves when it is done; at once when there is no connection. */
  refreshed(): Promise<void>;
  /** Wakes the other processes, if there are any. */
  wakeOthers(): void;
  /** @returns detaches the listener. */
  attach(listener: SessionListener): () => void;
}

/** What is locked with id 0 of group 0 by every process that uses the log. */
const EVERY_PROCESS = 0;
/** Of the advisory locks of a group, 0 stands for being a member, any other for a partition. */
export const MEMBERSHIP = 0;
const REREAD_INTERVAL = 1000;

const READ_ENDS_AND_MEMBERS = `
  select 'end' as kind, id, next_position::float8 as value from bus.topic_partition
  union all
  select 'member', classid::bigint::int, pid from pg_locks
  where locktype = 'advisory' and objsubid = 2 and objid = ${MEMBERSHIP} and granted
    and database = (select oid from pg_database where datname = current_database())`;

/**
 * Members of a group are the sessions that share its advisory lock; a lock ends with its process, so the list
 * needs no heartbeat. Ends and members are read again when another process says so, after every connect, and
 * once a second regardless.
 */
export function createLogSession(pool: Pool, ends: LogEnds, log: Log): LogSession {
  const listeners = new Set<SessionListener>();
  let others = true;
  let timer: NodeJS.Timeout | null = null;

  const session = createPgSession({
    pool,
    name: 'foyer-bus',
    channel: 'foyer_bus',
    async onConnected(connection) {
      await connection.query('select pg_advisory_lock_shared($1, $2)', [EVERY_PROCESS, MEMBERSHIP]);
      session.notify();
      reading.wake();
    },
    onLost() {
      for (const listener of listeners) listener.onLost();
    },
    onNotified() {
      reading.wake();
    },
    log,
  });
  const reading = createLoop({
    name: 'reading of the log',
    run: read,
    mayRun: () => session.connection !== null,
    log,
  });

  async function readFrom(connection: PgConnection): Promise<void> {
    const rows = await connection.query<{ kind: string; id: number; value: number }>(READ_ENDS_AND_MEMBERS);
    const grown: PartitionEnd[] = [];
    const members = new Map<number, number[]>();
    for (const { kind, id, value } of rows) {
      if (kind === 'end') grown.push({ partitionId: id, end: value });
      else members.set(id, [...(members.get(id) ?? []), value]);
    }
    others = (members.get(EVERY_PROCESS)?.length ?? 0) > 1;
    ends.advance(grown);
    for (const listener of listeners) listener.onMembers(members, connection);
  }

  async function read(): Promise<void> {
    if (session.connection !== null) await readFrom(session.connection);
  }

  return {
    get connection() {
      return session.connection;
    },
    async start() {
      await session.start();
      timer = setInterval(reading.wake, REREAD_INTERVAL);
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      await reading.stop();
      await session.stop();
    },
    refresh: reading.wake,
    async refreshed() {
      reading.wake();
      await reading.settled();
    },
    wakeOthers() {
      if (others) session.notify();
    },
    attach(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
  };
}
