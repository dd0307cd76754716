import type { Client } from 'pg';

import type { DatabaseName } from './databases.js';
import { findPending } from './migrationHistory.js';
import { readMigrations } from './migrations.js';

/**
 * The names of the migrations that a database still lacks; empty when it is current.
 *
 * Rejects when one that was applied has been edited since, or when one failed half-way.
 */
export async function findPendingMigrations(client: Client, name: DatabaseName): Promise<readonly string[]> {
  return (await findPending(client, name, readMigrations(name))).map((migration) => migration.name);
}
