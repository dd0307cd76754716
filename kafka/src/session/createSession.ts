import type { Log } from '@foyer/platform';
import { Client, type Pool } from 'pg';
import { createConnection, type Connection } from './createConnection.js';

export interface SessionOptions {
  /** Whose database, user and TLS settings the connection takes; none of its connections is used. */
  readonly pool: Pool;
  /** Shown by pg_stat_activity. */
  readonly name: string;
  /** The NOTIFY channel to listen to; a plain lower-case name. */
  readonly channel: string;
  /**
   * Called after every connect, the first one included: take locks, read again what notifications may have been
   * missed for. When it rejects, the connection is given up and a new one made.
   */
  readonly onConnected: (connection: Connection) => Promise<void>;
  /** Called when the connection is lost: the locks it held are gone. */
  readonly onLost: () => void;
  /** Called for a notification that another session has sent. */
  readonly onNotified: () => void;
  readonly log: Log;
}

/** A connection of its own that is made again whenever it breaks: for LISTEN and for advisory locks. */
export interface Session {
  /** The connection at this moment; null while there is none. */
  readonly connection: Connection | null;
  /** Resolves after the first `onConnected`; a server that is absent is waited for. */
  start(): Promise<void>;
  /** Wakes the other sessions of the channel soon; calls within a few milliseconds become one NOTIFY. */
  notify(): void;
  /** Sends what `notify` still owes and closes the connection, which gives back its locks. */
  stop(): Promise<void>;
}

const FIRST_DELAY = 50;
const LONGEST_DELAY = 1000;
/** At most one NOTIFY in this many milliseconds: it takes a lock of the whole cluster when it commits. */
const NOTIFY_INTERVAL = 5;

// The server notices within seconds that a machine has vanished, and gives its locks to others.
const KEEPALIVES = '-c tcp_keepalives_idle=2 -c tcp_keepalives_interval=1 -c tcp_keepalives_count=3';

export function createSession(options: SessionOptions): Session {
  const { pool, name, channel, onConnected, onLost, onNotified, log } = options;
  let current: { readonly client: Client; readonly connection: Connection } | null = null;
  let stopping = false;
  let delay = FIRST_DELAY;
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
    let over = false;
    const lose = (error?: Error): void => {
      if (over) return;
      over = true;
      client.end().catch(() => undefined);
      if (current?.client === client) {
        current = null;
        onLost();
      }
      if (stopping) return;
      log.warn({ err: error, session: name }, 'no connection to Postgres; connecting again');
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
      const connection = createConnection(client);
      client.on('notification', ({ processId }) => {
        if (processId !== connection.id) onNotified();
      });
      await connection.query(`listen ${channel}`);
      if (stopping) {
        over = true;
        await client.end();
        return;
      }
      current = { client, connection };
      await onConnected(connection);
      delay = FIRST_DELAY;
      announceStarted();
    } catch (error) {
      lose(error as Error);
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
      notifying = setTimeout(() => void sendNotify(), Math.max(0, notifiedAt + NOTIFY_INTERVAL - Date.now()));
    },
    async stop() {
      stopping = true;
      if (reconnecting !== null) clearTimeout(reconnecting);
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
