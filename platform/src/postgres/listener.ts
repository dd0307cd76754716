import { Client, escapeIdentifier } from 'pg';

import { BackOff } from './backOff.js';

export interface ListenOptions {
  /** Shown in pg_stat_activity. Default `foyer-listener`. */
  readonly applicationName?: string;
  /**
   * Told of every failed attempt to connect, every lost connection, and what `onWake` throws. The listener goes
   * on by itself.
   */
  readonly onError?: (error: Error) => void;
}

export interface NotificationListener {
  /** Resolves once the channels are listened to for the first time; rejects only if `stop` comes before. */
  readonly ready: Promise<void>;
  /** Ends the connection; `onWake` is not called any more after this was called. May be called twice. */
  stop(): Promise<void>;
}

/**
 * LISTENs to `channels` on a connection of its own and calls `onWake` with the channel of each notification.
 * Notifications sent while there was no connection are lost, so `onWake` is also called, with null, whenever
 * listening has begun, the first time and after every reconnect: the caller reads again what it may have missed.
 * Reconnects for ever, waiting as `BackOff` says.
 */
export function listenTo(
  url: string,
  channels: readonly string[],
  onWake: (channel: string | null) => void,
  options: ListenOptions = {},
): NotificationListener {
  const stopping = new AbortController();
  const backOff = new BackOff();
  let client: Client | undefined;
  let announceReady!: () => void;
  let refuseReady!: (error: Error) => void;
  const ready = new Promise<void>((resolve, reject) => {
    announceReady = resolve;
    refuseReady = reject;
  });
  ready.catch(() => undefined);

  function wake(channel: string | null): void {
    if (stopping.signal.aborted) {
      return;
    }
    try {
      onWake(channel);
    } catch (error) {
      options.onError?.(error as Error);
    }
  }

  /** Stays attached until the connection ends. */
  async function attachOnce(): Promise<void> {
    const current = new Client({
      connectionString: url,
      application_name: options.applicationName ?? 'foyer-listener',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    client = current;
    const ended = new Promise<void>((resolve) => current.once('end', resolve));
    current.on('error', (error) => options.onError?.(error));
    current.on('notification', ({ channel }) => {
      wake(channel);
    });
    try {
      await current.connect();
      await current.query(channels.map((channel) => `LISTEN ${escapeIdentifier(channel)}`).join('; '));
    } catch (error) {
      await current.end().catch(() => undefined);
      throw error;
    }
    if (stopping.signal.aborted) {
      await current.end();
      return;
    }
    backOff.reset();
    announceReady();
    wake(null);
    await ended;
  }

  async function run(): Promise<void> {
    do {
      try {
        await attachOnce();
      } catch (error) {
        options.onError?.(error as Error);
      }
    } while (!stopping.signal.aborted && (await backOff.wait(stopping.signal)));
    refuseReady(new Error('The listener was stopped before it had connected.'));
  }

  const finished = run();
  return {
    ready,
    async stop() {
      stopping.abort();
      await client?.end().catch(() => undefined);
      await finished;
    },
  };
}
