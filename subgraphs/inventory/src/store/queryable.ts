import type { SqlTransaction } from '@foyer/platform';

/** Whatever runs SQL: a transaction, or a pool in disguise. */
export type Queryable = Pick<SqlTransaction, 'query'>;
