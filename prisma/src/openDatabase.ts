import { createPool, type SqlTransaction } from '@foyer/platform';
import type { SqlDriverAdapterFactory } from '@prisma/driver-adapter-utils';
import type { ITXClientDenyList } from '@prisma/client/runtime/client';
import type { Pool } from 'pg';

import { SharedPoolAdapter, type TransactionSlot } from './sharedPool.js';

/** What every generated PrismaClient has. */
export interface AnyPrismaClient {
  $transaction(...parameters: never[]): unknown;
  $disconnect(): Promise<void>;
}

/** A generated client inside a transaction. */
export type TransactionClient<Client> = Omit<Client, ITXClientDenyList>;

export interface OpenDatabaseOptions<Client extends AnyPrismaClient> {
  readonly url: string;
  /** The most connections, shared by Prisma and raw SQL. */
  readonly max: number;
  /** Shown in pg_stat_activity, e.g. `foyer-orders`. */
  readonly applicationName: string;
  /** Makes the generated client: `(adapter) => new PrismaClient({ adapter })`. */
  readonly client: (adapter: SqlDriverAdapterFactory) => Client;
}

export interface TransactionOptions {
  /** Default: the database's, READ COMMITTED. */
  readonly isolationLevel?: 'ReadCommitted' | 'RepeatableRead' | 'Serializable';
  /** Longest life of the transaction once begun, milliseconds. Default 30,000. */
  readonly timeoutMs?: number;
}

export interface Database<Client extends AnyPrismaClient> {
  readonly client: Client;
  /** For SQL outside of transactions, and `pgTransaction` on hot paths. Values as `typeParsers` says. */
  readonly pool: Pool;
  /**
   * Runs `work` in one transaction, which Prisma's `client` and raw `sql` share: both use the same connection
   * and see each other's writes. Commits when `work` resolves and gives its result.
   *
   * Values of `sql` are the driver's, typed as `typeParsers` says (int8 bigint, timestamptz Date, jsonb parsed,
   * numeric string), and so are its errors (`code` is the SQLSTATE); Prisma's are Prisma's. `afterCommit`
   * actions run once, after the commit only.
   *
   * Rejects, rolled back, when `work` rejects, when the commit fails, when an error of a statement was swallowed,
   * when no connection is free within 10 s, and when `timeoutMs` have passed. Nothing is retried.
   */
  transaction<T>(
    work: (client: TransactionClient<Client>, sql: SqlTransaction) => Promise<T>,
    options?: TransactionOptions,
  ): Promise<T>;
  /** Waits for what is running and closes all connections. */
  close(): Promise<void>;
}

type InteractiveTransaction<Client, T> = (
  work: (client: TransactionClient<Client>) => Promise<T>,
  options: { maxWait: number; timeout: number; isolationLevel?: string },
) => Promise<T>;

/** Opens a database: one pool of connections for Prisma and raw SQL. Connects at the first use. */
export function openDatabase<Client extends AnyPrismaClient>(
  options: OpenDatabaseOptions<Client>,
): Database<Client> {
  const pool = createPool(options.url, { max: options.max, applicationName: options.applicationName });
  const adapter = new SharedPoolAdapter(pool);
  const client = options.client(adapter);

  async function transaction<T>(
    work: (client: TransactionClient<Client>, sql: SqlTransaction) => Promise<T>,
    { isolationLevel, timeoutMs = 30_000 }: TransactionOptions = {},
  ): Promise<T> {
    const slot: TransactionSlot = {};
    const begin = client.$transaction.bind(client) as unknown as InteractiveTransaction<Client, T>;
    const result = await adapter.withSlot(slot, () =>
      begin(
        async (transactionClient) => {
          if (slot.scope === undefined) {
            throw new Error('Prisma began a transaction without taking a connection from the shared pool.');
          }
          return await work(transactionClient, slot.scope);
        },
        { maxWait: 10_000, timeout: timeoutMs, ...(isolationLevel === undefined ? {} : { isolationLevel }) },
      ),
    );
    slot.scope?.runAfterCommit();
    return result;
  }

  return {
    client,
    pool,
    transaction,
    async close() {
      await client.$disconnect();
      await pool.end();
    },
  };
}
