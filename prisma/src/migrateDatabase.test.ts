import { randomBytes } from 'node:crypto';
import { waitUntil } from '@foyer/platform/testing';
import type { Client } from 'pg';

import { connect, withDatabase } from './connect.js';
import { migrateDatabase } from './migrateDatabase.js';
import { readMigrations } from './migrations.js';

const serverUrl = process.env['FOYER_TEST_POSTGRES_URL'] as string;
const names = readMigrations('users').map(({ name }) => name);
const LOCK = `SELECT pg_advisory_lock(hashtextextended('foyer-migrate', 0))`;
const UNLOCK = `SELECT pg_advisory_unlock(hashtextextended('foyer-migrate', 0))`;
let database: string;
let url: string;

beforeEach(() => {
  database = `migrate_${randomBytes(6).toString('hex')}`;
  url = withDatabase(serverUrl, database);
});

afterEach(() => withClient(serverUrl, (client) => client.query(`DROP DATABASE ${database} WITH (FORCE)`)));

interface Reading {
  readonly now: string;
  readonly shifted: boolean;
}

async function withClient<T>(target: string, work: (client: Client) => Promise<T>): Promise<T> {
  const client = await connect(target);
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/** Resolves when a process waits for the lock in this database. */
async function untilSomebodyWaits(client: Client): Promise<void> {
  const WAITING = `SELECT 1 FROM pg_locks WHERE locktype = 'advisory' AND NOT granted
    AND database = (SELECT oid FROM pg_database WHERE datname = current_database())`;
  await waitUntil(async () => (await client.query(WAITING)).rows.length > 0, 'somebody waiting for the lock');
}

test('creates the database, applies all in order, and then nothing', async () => {
  expect(await migrateDatabase(url, 'users')).toEqual(names);
  expect(await migrateDatabase(url, 'users')).toEqual([]);
});

test('keeps the history that prisma migrate deploy would keep', async () => {
  await migrateDatabase(url, 'users');
  const { rows } = await withClient(url, (client) =>
    client.query(
      'SELECT migration_name, finished_at, rolled_back_at, applied_steps_count FROM _prisma_migrations ORDER BY migration_name',
    ),
  );
  expect(rows).toHaveLength(names.length);
  expect(rows[0]).toEqual({
    migration_name: names[0],
    finished_at: expect.any(Date),
    rolled_back_at: null,
    applied_steps_count: 1,
  });
});

test('several at once wait for each other: one applies, the others find all done', async () => {
  const results = await Promise.all([1, 2, 3, 4].map(() => migrateDatabase(url, 'users')));
  expect(results.filter((applied) => applied.length > 0)).toEqual([names]);
});

test('a migration that another process is in the middle of is waited for, not taken for a failed one', async () => {
  await migrateDatabase(url, 'users');
  const outcome = await withClient(url, async (other) => {
    const last = names.at(-1);
    // As the other's engine leaves it until the migration is through, under the lock that it holds.
    await other.query(LOCK);
    await other.query('UPDATE _prisma_migrations SET finished_at = NULL WHERE migration_name = $1', [last]);
    const migrated = migrateDatabase(url, 'users').then(
      (applied) => ({ applied }),
      (error: unknown) => ({ error }),
    );
    await Promise.race([migrated, untilSomebodyWaits(other)]);
    await other.query('UPDATE _prisma_migrations SET finished_at = now() WHERE migration_name = $1', [last]);
    await other.query(UNLOCK);
    return await migrated;
  });
  expect(outcome).toEqual({ applied: [] });
});

test('an applied migration that was edited is an error that names it', async () => {
  await migrateDatabase(url, 'users');
  await withClient(url, (client) =>
    client.query(`UPDATE _prisma_migrations SET checksum = 'other' WHERE migration_name = $1`, [names[0]]),
  );
  await expect(migrateDatabase(url, 'users')).rejects.toThrow(`${names[0]} of users was edited`);
});

test('a migration that fails names itself and its reason, and stays in the way until it is repaired', async () => {
  await migrateDatabase(url, 'users');
  await withClient(url, (client) =>
    client.query(`DELETE FROM _prisma_migrations WHERE migration_name = $1`, [names[0]]),
  );
  await expect(migrateDatabase(url, 'users')).rejects.toThrow(/already exists with same argument types/);
  await expect(migrateDatabase(url, 'users')).rejects.toThrow(`${names[0]} of users failed earlier`);
});

test('time is that of the call, not of the transaction, and a session can shift it', async () => {
  await migrateDatabase(url, 'users');
  const NOW = `SELECT foyer_now()::text AS now, foyer_now() - clock_timestamp() BETWEEN interval '14 minutes 59 seconds'
                                                                             AND interval '15 minutes' AS shifted`;
  const [first, second] = await withClient(url, async (client) => {
    await client.query(`SET foyer.clock_shift = '15 minutes'`);
    await client.query('BEGIN');
    const results = [await client.query<Reading>(NOW), await client.query<Reading>(NOW)];
    return results.map(({ rows }) => rows[0]);
  });
  expect(first?.shifted).toBe(true);
  expect(second?.now).not.toBe(first?.now);
});
