export { checkCurrencyDigits } from './checkCurrencyDigits.js';
export {
  type EmbeddedPostgres,
  type EmbeddedPostgresOptions,
  removeEmbeddedPostgres,
  startEmbeddedPostgres,
} from './embedded.js';
export type { PgConnection } from './connection.js';
export { findFreePort, isPortTaken } from './freePort.js';
export { createLease, type Lease, type LeaseOptions } from './lease.js';
export { claimDataFolder } from './owner.js';
export { createPool, type PoolOptions } from './pool.js';
export { isAlive, startOf, waitForEnd } from './processes.js';
export { postgresDependency, type PostgresDependencyOptions } from './postgresDependency.js';
export { createPgSession, type PgSession, type PgSessionOptions } from './session.js';
export {
  DEFAULT_MAX_CONNECTIONS,
  EMBEDDED_SETTINGS,
  type PostgresSettings,
  TEST_SETTINGS,
} from './settings.js';
export { pgTransaction, type SqlTransaction } from './transaction.js';
export { TransactionScope } from './transactionScope.js';
export { typeParsers } from './typeParsers.js';
export { isUniqueViolation } from './isUniqueViolation.js';
