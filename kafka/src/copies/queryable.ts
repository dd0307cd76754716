import type { SqlTransaction } from '@foyer/platform';

/** Anything that answers SQL: a transaction, or a pool by `queryable`. */
export type Queryable = Pick<SqlTransaction, 'query'>;

/** A pool as something that answers SQL, outside of transactions. */
export function queryable(pool: {
  query(text: string, values: unknown[]): Promise<{ rows: unknown[] }>;
}): Queryable {
  return {
    async query<Row extends object>(text: string, values: readonly unknown[] = []) {
      return (await pool.query(text, [...values])).rows as Row[];
    },
  };
}
