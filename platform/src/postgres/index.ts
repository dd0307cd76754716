export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded.js';
export { AdvisoryLease, type AdvisoryLeaseOptions } from './lease.js';
export { type ListenOptions, listenTo, type NotificationListener } from './listener.js';
export { createPool, type PoolOptions } from './pool.js';
export {
  DEFAULT_MAX_CONNECTIONS,
  EMBEDDED_SETTINGS,
  type PostgresSettings,
  TEST_SETTINGS,
} from './settings.js';
export { pgTransaction, type SqlTransaction } from './transaction.js';
export { TransactionScope } from './transactionScope.js';
export { typeParsers } from './typeParsers.js';
