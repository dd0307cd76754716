import type { Client } from 'pg';

import type { Migration } from './migrations.js';

interface AppliedMigration {
  readonly migration_name: string;
  readonly checksum: string;
  readonly finished_at: Date | null;
  readonly logs: string | null;
}

/**
 * Gives the migrations that the database still lacks, by its `_prisma_migrations`. Asked while nobody else migrates.
 *
 * Rejects when one that was applied has been edited since, or when one failed half-way. Migrations that the
 * database knows and we don't are a newer version's, which this one has to live with.
 */
export async function findPending(
  client: Client,
  database: string,
  migrations: readonly Migration[],
): Promise<Migration[]> {
  const applied = new Map((await readHistory(client)).map((row) => [row.migration_name, row]));
  for (const migration of migrations) {
    const row = applied.get(migration.name);
    if (row !== undefined && row.finished_at === null) {
      throw new Error(
        `The migration ${migration.name} of ${database} failed earlier and may be half applied: ` +
          `${row.logs ?? 'no reason was recorded'}. Repair the database, then delete its row in _prisma_migrations.`,
      );
    }
    if (row !== undefined && row.checksum !== migration.checksum) {
      throw new Error(
        `The migration ${migration.name} of ${database} was edited after it had been applied. ` +
          'Restore it and write a new one.',
      );
    }
  }
  return migrations.filter(({ name }) => !applied.has(name));
}

/** Whether the database has all of these migrations, finished and unchanged; says nothing of why not. */
export async function isCurrent(client: Client, migrations: readonly Migration[]): Promise<boolean> {
  const applied = new Map((await readHistory(client)).map((row) => [row.migration_name, row]));
  return migrations.every(({ name, checksum }) => {
    const row = applied.get(name);
    return row !== undefined && row.finished_at !== null && row.checksum === checksum;
  });
}

async function readHistory(client: Client): Promise<AppliedMigration[]> {
  const { rows } = await client.query<{ present: boolean }>(
    `SELECT to_regclass('public._prisma_migrations') IS NOT NULL AS present`,
  );
  if (rows[0]?.present !== true) {
    return [];
  }
  const history = await client.query<AppliedMigration>(
    `SELECT migration_name, checksum, finished_at, logs FROM public._prisma_migrations
      WHERE rolled_back_at IS NULL`,
  );
  return history.rows;
}
