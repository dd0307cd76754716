import { queryable, type Queryable } from '@foyer/kafka';
import { pgTransaction, type SqlTransaction } from '@foyer/platform';
import type { Pool } from 'pg';

/** The waiting room's database, for the functions of this folder. */
export interface Store {
  /** Reads outside of transactions. */
  readonly sql: Queryable;
  /** Runs `work` in a transaction; see `pgTransaction`. */
  transaction<Result>(work: (sql: SqlTransaction) => Promise<Result>): Promise<Result>;
  /** The same, and tells whoever follows the logs, here and in other processes, when it has committed. */
  change<Result>(work: (sql: SqlTransaction) => Promise<Result>): Promise<Result>;
}

/** A store on a pool. @param changed called after every commit of `change`. */
export function createStore(pool: Pool, changed: () => void): Store {
  return {
    sql: queryable(pool),
    transaction: (work) => pgTransaction(pool, work),
    change: (work) =>
      pgTransaction(pool, (sql) => {
        sql.afterCommit(changed);
        return work(sql);
      }),
  };
}
