import type { Log } from '@foyer/platform';
import type { Pool } from 'pg';
import type { Connection } from './createConnection.js';
import { createSession } from './createSession.js';

export interface LeaseOptions {
  /** The database whose processes compete for the lease. */
  readonly pool: Pool;
  /** Names lease, NOTIFY channel and connection; a plain lower-case name. */
  readonly name: string;
  /** Called when the lease has come to this process, when another process passes a wake-up on, and once a second. */
  readonly onTurn: () => void;
  readonly log: Log;
}

/** The right of one process of several to do something. */
export interface Lease {
  /** Whether this process holds it, as far as it knows. What must hold absolutely is guarded by the tables. */
  readonly held: boolean;
  /** The connection that holds it; null when none does. */
  readonly connection: Connection | null;
  /** Resolves when the database has answered for the first time, whoever holds the lease. */
  start(): Promise<void>;
  /** Has `onTurn` called in the process that holds the lease. */
  passOn(): void;
  /** Gives it back. */
  stop(): Promise<void>;
}

const INTERVAL = 1000;

/**
 * The lease is an advisory lock on a connection of its own, so it ends with its process; the same connection
 * carries LISTEN and NOTIFY between the processes. Those that wait ask once a second: a statement that waited
 * inside the lock would keep every dead row of the database alive.
 */
export function createLease({ pool, name, onTurn, log }: LeaseOptions): Lease {
  let held = false;
  let timer: NodeJS.Timeout | null = null;

  const session = createSession({
    pool,
    name: `foyer-${name}`,
    channel: `foyer_${name}`,
    onConnected: acquire,
    onLost() {
      held = false;
    },
    onNotified: takeTurn,
    log,
  });

  async function acquire(connection: Connection): Promise<void> {
    const [row] = await connection.query<{ granted: boolean }>(
      'select pg_try_advisory_lock(hashtextextended($1, 0)) as granted',
      [`foyer-${name}`],
    );
    held = row?.granted === true && session.connection === connection;
    takeTurn();
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
      timer = setInterval(() => {
        if (held) onTurn();
        else if (session.connection !== null) void acquire(session.connection).catch(() => undefined);
      }, INTERVAL);
    },
    passOn() {
      session.notify();
    },
    async stop() {
      if (timer !== null) clearInterval(timer);
      held = false;
      await session.stop();
    },
  };
}
