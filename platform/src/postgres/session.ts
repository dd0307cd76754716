import { Client, escapeIdentifier, type Pool } from 'pg';

import type { Log } from '../log/createLog.js';
import { createPgConnection, type PgConnection } from './connection.js';

export interface PgSessionOptions {
  /** Whose database, user and TLS settings the connection takes; none of its connections is used. */
  readonly pool: Pool;
  /** Shown by pg_stat_activity. */
  readonly name: string;
  /** The NOTIFY channel to listen to, as `pg_notify` spells it. */
  readonly channel: string;
  /**
   * Called after every connect, the first one included: take locks, read again what notifications may have been
   * missed for. When it rejects, the connection is given up and a new one made.
   */
  readonly onConnected: (connection: PgConnection) => Promise<void>;
  /** Called at once when the connection is lost, never because of `stop`: the locks it held are gone. */
  readonly onLost?: () => void;
  /** Called for a notification that another session has sent. What it throws is logged. */
  readonly onNotified: () => void;
  /** At most one NOTIFY in so many milliseconds: it takes a lock of the whole cluster when it commits. Default 5. */
  readonly notifyEveryMs?: number;
  readonly log: Log;
}

/** A connection of its own that is made again whenever it breaks: for LISTEN and for advisory locks. */
export interface PgSession {
  /** The connection at this moment; null while there is none. */
  readonly connection: PgConnection | null;
  /** Resolves after the first `onConnected`, or with `stop`; a server that is absent is waited for. */
  start(): Promise<void>;
  /** Wakes the other sessions of the channel soon; calls within a few milliseconds become one NOTIFY. */
  notify(): void;
  /** Sends what `notify` still owes and closes the connection, which gives back its locks. Calls nothing more. */
  stop(): Promise<void>;
}

const FIRST_DELAY = 50;
const LONGEST_DELAY = 1000;
/** While there is no connection, it is said this often. */
const COMPLAIN_EVERY = 10_000;

// The server notices within seconds that a machine has vanished, and gives its locks to others.
const KEEPALIVES = '-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3';

/**
 * Notifications sent while there is no connection are lost, and so is one that a dying server has not delivered:
 * whoever relies on being woken reads again in `onConnected`, and once in a while regardless.
 */
export function createPgSession(options: PgSessionOptions): PgSession {
  const { pool, name, channel, onConnected, onLost, onNotified, notifyEveryMs = 5, log } = options;
  let attempt: Client | null = null;
  let current: { readonly client: Client; readonly connection: PgConnection } | null = null;
  let stopping = false;
  let delay = FIRST_DELAY;
  let complainedAt = -Infinity;
  let reconnecting: NodeJS.Timeout | null = null;
  let connecting: Promise<void> = Promise.resolve();
  let announceStarted: () => void = () => undefined;
  let notifying: NodeJS.Timeout | null = null;
  let notifiedAt = 0;

  async function connect(): Promise<void> {
    const client = new Client({
      ...pool.options,
      // pg-pool makes the password non-enumerable, so the spread above leaves it behind.
      password: pool.options.password,
      application_name: name,
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
      options: `${pool.options.options ?? ''} ${KEEPALIVES}`,
    });
    attempt = client;
    let over = false;
    const lose = (error?: Error): void => {
      if (over) return;
      over = true;
      client.end().catch(() => undefined);
      const wasConnected = current?.client === client;
      if (wasConnected) current = null;
      if (stopping) return;
      if (wasConnected) onLost?.();
      complain(error);
      reconnecting = setTimeout(() => {
        connecting = connect();
      }, delay);
      delay = Math.min(delay * 2, LONGEST_DELAY);
    };
    client.on('error', lose);
    client.on('end', () => {
      lose();
    });
    try {
      await client.connect();
      const connection = createPgConnection(client);
      client.on('notification', ({ processId }) => {
        if (processId !== connection.id) noteNotification();
      });
      await connection.query(`listen ${escapeIdentifier(channel)}`);
      if (stopping) {
        over = true;
        await client.end();
        return;
      }
      current = { client, connection };
      await onConnected(connection);
      delay = FIRST_DELAY;
      complainedAt = -Infinity;
      announceStarted();
    } catch (error) {
      lose(error as Error);
    }
  }

  function complain(error: Error | undefined): void {
    if (Date.now() - complainedAt < COMPLAIN_EVERY) return;
    complainedAt = Date.now();
    log.warn({ err: error, session: name }, 'no connection to Postgres; connecting again');
  }

  function noteNotification(): void {
    if (stopping) return;
    try {
      onNotified();
    } catch (error) {
      log.error({ err: error, session: name }, 'what a notification woke has failed');
    }
  }

  async function sendNotify(): Promise<void> {
    notifying = null;
    notifiedAt = Date.now();
    // Nobody depends on its commit reaching the disk.
    await current?.connection
      .query("select set_config('synchronous_commit', 'off', true), pg_notify($1, '')", [channel])
      .catch(() => undefined);
  }

  return {
    get connection() {
      return current?.connection ?? null;
    },
    start() {
      return new Promise((resolve) => {
        announceStarted = resolve;
        connecting = connect();
      });
    },
    notify() {
      if (notifying !== null || stopping) return;
      notifying = setTimeout(() => void sendNotify(), Math.max(0, notifiedAt + notifyEveryMs - Date.now()));
    },
    async stop() {
      stopping = true;
      if (reconnecting !== null) clearTimeout(reconnecting);
      // A server that does not answer would otherwise be waited for.
      if (current === null) await attempt?.end().catch(() => undefined);
      await connecting;
      if (notifying !== null) {
        clearTimeout(notifying);
        await sendNotify();
      }
      await current?.client.end().catch(() => undefined);
      current = null;
      announceStarted();
    },
  };
}
