export { DATABASE_NAMES, type DatabaseName, databaseUrlVariable, isDatabaseName } from './databases.js';
export { findPendingMigrations } from './findPendingMigrations.js';
export { migrateDatabase } from './migrateDatabase.js';
export {
  type AnyPrismaClient,
  type Database,
  openDatabase,
  type OpenDatabaseOptions,
  type TransactionClient,
  type TransactionOptions,
} from './openDatabase.js';
