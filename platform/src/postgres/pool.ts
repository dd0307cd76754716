import { Pool } from 'pg';

import { typeParsers } from './typeParsers.js';

export interface PoolOptions {
  /** The most connections this pool may hold at once; part of the whole system's budget (DESIGN §2). */
  readonly max: number;
  /** Shown in pg_stat_activity, e.g. `foyer-orders`. */
  readonly applicationName: string;
  /** A statement that runs longer is cancelled by the server; milliseconds. Default 30,000. */
  readonly statementTimeoutMs?: number;
  /**
   * Told when an idle connection breaks. The pool has already dropped it and opens another when needed, so
   * the default is to do nothing.
   */
  readonly onIdleError?: (error: Error) => void;
}

/**
 * A pool of connections to the database at `url`. It connects lazily; close it with `end()`.
 *
 * - Waiting for a free or new connection fails after 10 s; an idle one is closed after 30 s; a transaction
 *   left open and silent for 60 s is ended by the server.
 * - Sessions run in UTC. Prisma's adapter relies on it: it drops the offset of what it reads and writes.
 * - Values come back as `typeParsers` describes: int8 as bigint, timestamps as Date, jsonb parsed, and so on.
 * - Postgres stopping or restarting never ends the process: queries then reject, and later ones reconnect.
 */
export function createPool(url: string, options: PoolOptions): Pool {
  const pool = new Pool({
    connectionString: url,
    application_name: options.applicationName,
    max: options.max,
    connectionTimeoutMillis: 10_000,
    idleTimeoutMillis: 30_000,
    statement_timeout: options.statementTimeoutMs ?? 30_000,
    idle_in_transaction_session_timeout: 60_000,
    keepAlive: true,
    options: '-c TimeZone=UTC',
    types: typeParsers,
  });
  pool.on('error', (error) => options.onIdleError?.(error));
  // pg-pool takes its own listener off while a client is lent out, and an 'error' nobody listens to kills
  // Node. The borrower learns of the loss from the query that rejects.
  pool.on('connect', (client) => client.on('error', () => undefined));
  return pool;
}
