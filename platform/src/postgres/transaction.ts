import type { Pool, PoolClient } from 'pg';

import { TransactionScope } from './transactionScope.js';

/** What a store hands to others (outbox, inbox, keys) so that they write in its transaction. */
export interface SqlTransaction {
  /**
   * Runs one statement and gives its rows, `[]` when it yields none. Values are typed as `typeParsers` says.
   * Rejects with the driver's error (`code` is the SQLSTATE, `constraint` its constraint); the transaction is
   * then aborted and can only be rolled back. Rejects with an error of its own once the transaction has ended.
   */
  query<Row extends object = Record<string, unknown>>(
    text: string,
    values?: readonly unknown[],
  ): Promise<Row[]>;
  /**
   * Has `action` run once after the commit, in order of registration, and never if the transaction does not
   * commit. It must not fail: by then nobody can undo, so what it throws becomes a process warning.
   */
  afterCommit(action: () => void): void;
}

/**
 * Runs `work` between BEGIN and COMMIT on one connection of `pool` and gives its result.
 *
 * Rejects with what `work` rejects with, after ROLLBACK; with the database's error when the commit fails; and
 * when `work` swallowed the error of a statement, for then Postgres answers COMMIT by rolling back. A
 * connection that broke is not returned to the pool. Nothing is retried: the caller knows what may be repeated.
 */
export async function pgTransaction<T>(
  pool: Pool,
  work: (transaction: SqlTransaction) => Promise<T>,
): Promise<T> {
  const client = await pool.connect();
  const scope = new TransactionScope(client);
  let result: T;
  try {
    await client.query('BEGIN');
    result = await work(scope);
    await scope.commit();
  } catch (error) {
    await abandon(client, scope);
    throw error;
  }
  client.release();
  scope.runAfterCommit();
  return result;
}

async function abandon(client: PoolClient, scope: TransactionScope): Promise<void> {
  try {
    await scope.rollback();
    client.release();
  } catch (error) {
    client.release(error instanceof Error ? error : true);
  }
}
