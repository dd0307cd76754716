import { randomBytes } from 'node:crypto';
import { escapeIdentifier } from 'pg';

import { connect, withDatabase } from '../connect.js';
import type { DatabaseName } from '../databases.js';
import { migrateDatabase } from '../migrateDatabase.js';
import { migrationsHash, readMigrations } from '../migrations.js';

/** A database of one test, migrated and empty. */
export interface TestDatabase {
  readonly url: string;
  /** Removes it, cutting whatever connections are left. May be called twice. */
  drop(): Promise<void>;
}

/** Holds the URL of the server for tests, to its database `postgres`; set by Jest's globalSetup. */
export const TEST_POSTGRES_URL = 'FOYER_TEST_POSTGRES_URL';

/**
 * Gives a fresh database with the newest schema of `name`: a copy of a template that is migrated once per
 * server and set of migrations, which takes some 30 ms. Rejects when FOYER_TEST_POSTGRES_URL is not set.
 */
export async function createTestDatabase(name: DatabaseName): Promise<TestDatabase> {
  const serverUrl = process.env[TEST_POSTGRES_URL];
  if (serverUrl === undefined) {
    throw new Error(`${TEST_POSTGRES_URL} is not set: run the tests with "npm test" (see scripts/test.mjs).`);
  }
  const database = `${name}_${randomBytes(6).toString('hex')}`;
  const client = await connect(serverUrl);
  try {
    const template = await ensureTemplate(serverUrl, name);
    // FILE_COPY is the quicker strategy for databases this small when nothing is synced to disk.
    await client.query(
      `CREATE DATABASE ${escapeIdentifier(database)} TEMPLATE ${escapeIdentifier(template)} STRATEGY FILE_COPY`,
    );
  } finally {
    await client.end();
  }
  return { url: withDatabase(serverUrl, database), drop: () => dropDatabase(serverUrl, database) };
}

/** Gives the name of the migrated template, made by whoever comes first while the others wait. */
async function ensureTemplate(serverUrl: string, name: DatabaseName): Promise<string> {
  const template = `template_${name}_${migrationsHash(readMigrations(name)).slice(0, 16)}`;
  const client = await connect(serverUrl);
  try {
    await client.query('SELECT pg_advisory_lock(hashtextextended($1, 0))', [template]);
    const { rowCount } = await client.query('SELECT FROM pg_database WHERE datname = $1', [template]);
    if (rowCount === 0) {
      // Renamed when complete: one that a failed migration left is not taken for a template.
      const partial = `${template}_partial`;
      await dropDatabase(serverUrl, partial);
      await migrateDatabase(withDatabase(serverUrl, partial), name);
      await client.query(
        `ALTER DATABASE ${escapeIdentifier(partial)} RENAME TO ${escapeIdentifier(template)}`,
      );
    }
    return template;
  } finally {
    await client.end();
  }
}

async function dropDatabase(serverUrl: string, database: string): Promise<void> {
  const client = await connect(serverUrl);
  try {
    await client.query(`DROP DATABASE IF EXISTS ${escapeIdentifier(database)} WITH (FORCE)`);
  } finally {
    await client.end();
  }
}
