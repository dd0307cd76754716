import type { Pool } from 'pg';

import type { Log } from '../log/createLog.js';
import type { PgConnection } from './connection.js';
import { createPgSession } from './session.js';

export interface LeaseOptions {
  /** The database whose processes compete for the lease; two databases never do. */
  readonly pool: Pool;
  /** Names lease, NOTIFY channel and connection; a plain lower-case name. */
  readonly name: string;
  /** Called when the lease has come to this process, when another process passes a wake-up on, and once a second. */
  readonly onTurn: () => void;
  /**
   * Called at once when the lease is lost because its connection broke, never because of `stop`. Another process
   * may hold it by then: stop working before anything else.
   */
  readonly onLost?: () => void;
  readonly log: Log;
}

/** The right of one process of several to do something. */
export interface Lease {
  /** Whether this process holds it, as far as it knows. What must hold absolutely is guarded by the tables. */
  readonly held: boolean;
  /** The connection that holds it; null when none does. */
  readonly connection: PgConnection | null;
  /** Resolves when the database has answered for the first time, whoever holds the lease, or with `stop`. */
  start(): Promise<void>;
  /** Has `onTurn` called in the process that holds the lease. */
  passOn(): void;
  /** Gives it back, also when it is being granted at this moment. Calls nothing more. */
  stop(): Promise<void>;
}

const TURN_EVERY = 1000;
const ASK_EVERY = 200;

/**
 * The lease is an advisory lock on a connection of its own, so it ends with its process; the same connection
 * carries LISTEN and NOTIFY between the processes. Those that wait ask again and again: a statement that waited
 * inside the lock would keep every dead row of the database alive.
 */
export function createLease({ pool, name, onTurn, onLost, log }: LeaseOptions): Lease {
  let held = false;
  let stopping = false;
  let asking = false;
  const timers: NodeJS.Timeout[] = [];

  const session = createPgSession({
    pool,
    name: `foyer-${name}`,
    channel: `foyer_${name}`,
    onConnected: acquire,
    onLost() {
      const wasHeld = held;
      held = false;
      if (wasHeld) onLost?.();
    },
    onNotified: takeTurn,
    log,
  });

  async function acquire(connection: PgConnection): Promise<void> {
    const [row] = await connection.query<{ granted: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as granted',
      [`foyer-${name}`],
    );
    // Stopped meanwhile: the lock goes back with the connection, which is about to be closed.
    held = row?.granted === true && !stopping && session.connection === connection;
    takeTurn();
  }

  async function ask(): Promise<void> {
    const { connection } = session;
    if (held || asking || connection === null) return;
    asking = true;
    // A connection that breaks is noticed by the session.
    await acquire(connection).catch(() => undefined);
    asking = false;
  }

  function takeTurn(): void {
    if (held) onTurn();
  }

  return {
    get held() {
      return held;
    },
    get connection() {
      return held ? session.connection : null;
    },
    async start() {
      await session.start();
      if (stopping) return;
      timers.push(
        setInterval(takeTurn, TURN_EVERY),
        setInterval(() => void ask(), ASK_EVERY),
      );
    },
    passOn() {
      session.notify();
    },
    async stop() {
      stopping = true;
      for (const timer of timers) clearInterval(timer);
      held = false;
      await session.stop();
    },
  };
}
