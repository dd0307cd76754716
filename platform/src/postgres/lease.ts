import { Client } from 'pg';
import { setTimeout as delay } from 'node:timers/promises';

import { BackOff } from './backOff.js';

export interface AdvisoryLeaseOptions {
  /** The database whose processes compete; two databases never do. */
  readonly url: string;
  /** What is leased, e.g. `outbox-relay`. */
  readonly name: string;
  /** Shown in pg_stat_activity. Default `foyer-lease`. */
  readonly applicationName?: string;
  /**
   * Called at once when a held lease is lost because its connection broke, never after `release`. Another
   * process may hold it by then: stop working before anything else.
   */
  readonly onLost?: (error: Error) => void;
  /** How often one that waits asks again; milliseconds. Default 200. */
  readonly pollMs?: number;
}

/**
 * A right that one session of a database holds at a time: an advisory lock on a connection of its own, so that
 * it ends with the process that held it. Not re-entrant; acquire it again after a loss or a release as you like.
 *
 * It says who should work, and cannot promise that nobody else does during the moment between a broken
 * connection and its being noticed: what must hold absolutely is guarded by the tables themselves.
 */
export class AdvisoryLease {
  private client: Client | undefined;
  private holding = false;

  constructor(private readonly options: AdvisoryLeaseOptions) {}

  /** Whether this process holds the lease as far as it knows. */
  get held(): boolean {
    return this.holding;
  }

  /**
   * Waits until the lease is held and gives true; gives false when `signal` is aborted first. Database outages
   * are waited out. Asks again and again instead of waiting inside the lock: a waiting statement would keep
   * its snapshot, and with it every dead row, for as long as it waits.
   */
  async acquire(signal: AbortSignal = new AbortController().signal): Promise<boolean> {
    const backOff = new BackOff();
    while (!signal.aborted) {
      try {
        if (await this.tryAcquire()) {
          // Granted while somebody gave up waiting: he will not come back for it.
          if (signal.aborted) break;
          return true;
        }
        backOff.reset();
        await delay(this.options.pollMs ?? 200, undefined, { signal }).catch(() => undefined);
      } catch {
        await backOff.wait(signal);
      }
    }
    await this.release();
    return false;
  }

  /** Gives whether the lease is held now. Rejects when the database cannot be reached. */
  async tryAcquire(): Promise<boolean> {
    if (this.holding) {
      return true;
    }
    const client = this.client ?? (await this.connect());
    const { rows } = await client.query<{ held: boolean }>(
      'SELECT pg_try_advisory_lock(hashtextextended($1, 0)) AS held',
      [this.options.name],
    );
    // The connection may have ended between the answer and now.
    this.holding = rows[0]?.held === true && this.client === client;
    return this.holding;
  }

  /** Gives the lease back, if held, and closes the connection. */
  async release(): Promise<void> {
    const client = this.client;
    this.holding = false;
    this.client = undefined;
    await client?.end().catch(() => undefined);
  }

  private async connect(): Promise<Client> {
    const client = new Client({
      connectionString: this.options.url,
      application_name: this.options.applicationName ?? 'foyer-lease',
      connectionTimeoutMillis: 10_000,
      keepAlive: true,
    });
    client.on('error', (error) => this.lose(client, error));
    client.on('end', () => this.lose(client, new Error('The connection of the lease was closed.')));
    await client.connect();
    this.client = client;
    return client;
  }

  private lose(client: Client, error: Error): void {
    if (this.client !== client) {
      return;
    }
    const held = this.holding;
    this.holding = false;
    this.client = undefined;
    client.end().catch(() => undefined);
    if (held) {
      this.options.onLost?.(error);
    }
  }
}
