import { chmodSync, chownSync, copyFileSync, mkdtempSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { ConfigurationError } from '../config/environment.js';
import { requireEngine } from '../testing/engines.js';
import { certificatesAvailable, makeCertificates, type Certificates } from '../testing/makeCertificates.js';
import { removeEmbeddedPostgres, startEmbeddedPostgres, type EmbeddedPostgres } from './embedded.js';
import { createPool } from './pool.js';
import { postgresDependency } from './postgresDependency.js';
import { createPgSession } from './session.js';
import { createLog } from '../log/createLog.js';
import { TEST_SETTINGS } from './settings.js';

/** What is configured is the URL; everything that connects must honour it: pools, sessions, the wait at the start. */
requireEngine('openssl', certificatesAvailable())('Postgres over TLS', () => {
  const folder = mkdtempSync(join(tmpdir(), 'foyer-postgres-tls-'));
  let certificates: Certificates;
  let postgres: EmbeddedPostgres;

  beforeAll(async () => {
    certificates = await makeCertificates();
    // Started once to be made; the files must belong to whom it runs as.
    postgres = await startEmbeddedPostgres({ dataDirectory: folder, settings: TEST_SETTINGS });
    await postgres.stop();
    const cluster = join(folder, 'cluster');
    const { uid, gid } = statSync(cluster);
    for (const [from, name] of [
      [certificates.cert, 'server.crt'],
      [certificates.key, 'server.key'],
    ] as const) {
      copyFileSync(from, join(cluster, name));
      chownSync(join(cluster, name), uid, gid);
      chmodSync(join(cluster, name), 0o600);
    }
    postgres = await startEmbeddedPostgres({
      dataDirectory: folder,
      settings: { ...TEST_SETTINGS, ssl: 'on' },
    });
  });
  afterAll(async () => {
    await postgres.stop();
    await removeEmbeddedPostgres(folder);
    await certificates.remove();
  });

  const url = (parameters: string): string => `${postgres.adminUrl}?${parameters}`;
  const check = (address: string): Promise<unknown> =>
    postgresDependency({
      name: 'database',
      variable: 'ORDERS_DATABASE_URL',
      url: address,
      pendingMigrations: async () => [],
    }).check();
  const ENCRYPTED = 'select ssl from pg_stat_ssl where pid = pg_backend_pid()';

  test('pools and sessions are encrypted, and believe the authority that the URL names', async () => {
    const trusted = url(`sslmode=verify-full&sslrootcert=${certificates.ca}`);
    await check(trusted);
    const pool = createPool(trusted, { max: 1, applicationName: 'test' });
    expect((await pool.query(ENCRYPTED)).rows).toEqual([{ ssl: true }]);
    let rows: readonly object[] = [];
    const session = createPgSession({
      pool,
      name: 'test',
      channel: 'test',
      log: createLog('test', 'silent'),
      onNotified: () => undefined,
      onConnected: async (connection) => {
        rows = await connection.query(ENCRYPTED);
      },
    });
    await session.start();
    expect(rows).toEqual([{ ssl: true }]);
    await session.stop();
    await pool.end();
  });

  test.each<[string, () => string]>([
    ['an authority that has not signed', () => `sslmode=verify-full&sslrootcert=${certificates.otherCa}`],
    ['no authority, where one must be known', () => 'sslmode=verify-full'],
  ])('a server is refused by %s, and waiting would not help', async (_, parameters) => {
    const refused = check(url(parameters()));
    await expect(refused).rejects.toBeInstanceOf(ConfigurationError);
    await expect(refused).rejects.toThrow(/^ORDERS_DATABASE_URL: Postgres at 127\.0\.0\.1.*sslrootcert/);
    const pool = createPool(url(parameters()), { max: 1, applicationName: 'test' });
    await expect(pool.query('select 1')).rejects.toThrow(/certificate|self.signed/);
    await pool.end();
  });

  test('a file that is not there is said at once', () => {
    expect(() => check(url('sslmode=verify-full&sslrootcert=/nowhere.pem'))).toThrow(ConfigurationError);
    expect(() => check(url('sslmode=verify-full&sslrootcert=/nowhere.pem'))).toThrow(
      'ORDERS_DATABASE_URL: ENOENT',
    );
  });

  test('a wrong password, and a database that stays without its migrations, are not waited for', async () => {
    const wrong = new URL(postgres.adminUrl);
    wrong.password = 'wrong';
    await expect(check(wrong.href)).rejects.toThrow(
      /^ORDERS_DATABASE_URL: .*password authentication failed.*look at its user and password/,
    );
    const dependency = postgresDependency({
      name: 'database',
      variable: 'ORDERS_DATABASE_URL',
      url: postgres.adminUrl,
      pendingMigrations: async () => ['1_first'],
      migrationMs: 0,
    });
    await expect(dependency.check()).rejects.toThrow(/the migrations 1_first are not applied.*migrate/);
  });

  test('a database that is missing or being migrated is waited for', async () => {
    const missing = new URL(postgres.adminUrl);
    missing.pathname = '/missing';
    await expect(check(missing.href)).rejects.not.toBeInstanceOf(ConfigurationError);
    const dependency = postgresDependency({
      name: 'database',
      variable: 'ORDERS_DATABASE_URL',
      url: postgres.adminUrl,
      pendingMigrations: async () => ['1_first'],
    });
    await expect(dependency.check()).rejects.not.toBeInstanceOf(ConfigurationError);
  });
});
