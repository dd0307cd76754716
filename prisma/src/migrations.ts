import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import type { DatabaseName } from './databases.js';

const PACKAGE_FOLDER = join(__dirname, '..');

/** One step of a database's history. */
export interface Migration {
  /** Name of its folder, `<timestamp>_<what>`; the order is the order of the names. */
  readonly name: string;
  readonly sql: string;
  /** SHA-256 of the SQL in hexadecimal, as Prisma keeps it. */
  readonly checksum: string;
}

/**
 * The migrations of a database in the order in which they are applied: those common to all and its own, by
 * name. Throws when two have the same name or one has no migration.sql.
 */
export function readMigrations(database: DatabaseName): Migration[] {
  const folders = [
    join(PACKAGE_FOLDER, 'common', 'migrations'),
    join(PACKAGE_FOLDER, database, 'migrations'),
  ];
  const migrations = folders.flatMap(readFolder).sort((a, b) => (a.name < b.name ? -1 : 1));
  const twice = migrations.find(({ name }, index) => migrations[index + 1]?.name === name);
  if (twice !== undefined) {
    throw new Error(`The migration ${twice.name} of ${database} has the name of a common one.`);
  }
  return migrations;
}

function readFolder(folder: string): Migration[] {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map(({ name }) => {
      const sql = readFileSync(join(folder, name, 'migration.sql'), 'utf8');
      return { name, sql, checksum: createHash('sha256').update(sql).digest('hex') };
    });
}

/** Changes when any migration of the database does. */
export function migrationsHash(migrations: readonly Migration[]): string {
  const hash = createHash('sha256');
  for (const { name, checksum } of migrations) {
    hash.update(`${name} ${checksum}\n`);
  }
  return hash.digest('hex');
}
