import { applyMigrations } from './applyMigrations.js';
import { connectOrCreate } from './connect.js';
import type { DatabaseName } from './databases.js';
import { findPending, isCurrent } from './migrationHistory.js';
import { readMigrations } from './migrations.js';

/**
 * Brings the database at `url` to the newest version, creating it first if it is missing, and gives the names
 * of the migrations that were applied, `[]` when it was current (which takes one query). History is kept in
 * `_prisma_migrations` as `prisma migrate deploy` keeps it. Two processes that migrate at once wait for each
 * other.
 *
 * Rejects when an applied migration was edited or had failed, when a new one fails (the error says which and
 * why), and when the database cannot be reached.
 */
export async function migrateDatabase(url: string, name: DatabaseName): Promise<string[]> {
  const migrations = readMigrations(name);
  const client = await connectOrCreate(url);
  try {
    if (await isCurrent(client, migrations)) {
      return [];
    }
    // Only under the lock is an unfinished migration a failed one: before, another process may be in its middle.
    await client.query(`SELECT pg_advisory_lock(hashtextextended('foyer-migrate', 0))`);
    if ((await findPending(client, name, migrations)).length === 0) {
      return [];
    }
    return await applyMigrations(url, migrations);
  } finally {
    await client.end();
  }
}
