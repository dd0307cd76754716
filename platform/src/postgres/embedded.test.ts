import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdtempSync,
  realpathSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Client } from 'pg';

import { removeEmbeddedPostgres, startEmbeddedPostgres } from './embedded.js';
import { createPool } from './pool.js';
import { isAlive } from './processes.js';
import { TEST_SETTINGS } from './settings.js';

const settings = TEST_SETTINGS;
/** One cluster for all, as making one takes most of the time; a test that needs a new one has a folder of its own. */
let dataDirectory: string;
const folders: string[] = [];

/** Named after this process, so that the next run finds what a kill has left (scripts/jest/testPostgres.js). */
function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), `foyer-postgres-${process.pid}-`));
  chmodSync(folder, 0o755);
  folders.push(folder);
  return folder;
}

beforeAll(() => {
  dataDirectory = join(newFolder(), 'data');
});

afterAll(async () => {
  for (const folder of folders) {
    await removeEmbeddedPostgres(join(folder, 'data'));
    rmSync(folder, { recursive: true });
  }
});

async function query<Row extends object>(url: string, text: string): Promise<Row[]> {
  const client = new Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<Row>(text);
  await client.end();
  return rows;
}

/** Another process that has started Postgres on the same data; gives it and its server's process id. */
async function startElsewhere(): Promise<{ owner: ChildProcess; serverPid: number }> {
  const program = `
    require(${JSON.stringify(join(__dirname, 'embedded.js'))})
      .startEmbeddedPostgres({ dataDirectory: ${JSON.stringify(dataDirectory)} })
      .then(({ pid }) => { console.log(pid); setInterval(() => undefined, 1_000); });`;
  const owner = spawn(process.execPath, ['-e', program], { stdio: ['ignore', 'pipe', 'inherit'] });
  const [line] = (await once(owner.stdout as NodeJS.ReadableStream, 'data')) as [Buffer];
  return { owner, serverPid: Number(line.toString()) };
}

async function kill(owner: ChildProcess): Promise<void> {
  owner.kill('SIGKILL');
  await once(owner, 'exit');
}

test('keeps its data from one run to the next, and asks for the password', async () => {
  const first = await startEmbeddedPostgres({ dataDirectory, settings });
  await query(first.adminUrl, 'CREATE TABLE kept AS SELECT 1 AS one');
  const wrongPassword = first.adminUrl.replace(/:[^:@]+@/, ':wrong@');
  await expect(query(wrongPassword, 'SELECT 1')).rejects.toThrow(/password/);
  await first.stop();
  await first.stop();
  expect(isAlive(first.pid)).toBe(false);

  const second = await startEmbeddedPostgres({ dataDirectory, settings });
  expect(await query(second.adminUrl, 'SELECT one FROM kept')).toEqual([{ one: 1 }]);
  await second.stop();
});

test('has the settings asked for, on top of its own', async () => {
  const server = await startEmbeddedPostgres({
    dataDirectory,
    settings: { ...settings, max_connections: 17 },
  });
  const [row] = await query(
    server.adminUrl,
    `SELECT current_setting('max_connections') AS max, current_setting('fsync') AS fsync,
            current_setting('timezone') AS zone, current_setting('listen_addresses') AS address`,
  );
  expect(row).toEqual({ max: '17', fsync: 'off', zone: 'UTC', address: '127.0.0.1' });
  await server.stop();
});

test('stops the server that a killed process left, and keeps what it had committed', async () => {
  const { owner, serverPid } = await startElsewhere();
  await kill(owner);
  expect(isAlive(serverPid)).toBe(true);

  const messages: string[] = [];
  const server = await startEmbeddedPostgres({ dataDirectory, settings, log: (text) => messages.push(text) });
  expect(isAlive(serverPid)).toBe(false);
  expect(messages).toEqual([expect.stringContaining(String(serverPid))]);
  await server.stop();
});

test('starts after the server itself was killed', async () => {
  const first = await startEmbeddedPostgres({ dataDirectory, settings });
  process.kill(first.pid, 'SIGKILL');
  await first.stop();
  const second = await startEmbeddedPostgres({ dataDirectory, settings });
  expect(await query(second.adminUrl, 'SELECT 1 AS one')).toEqual([{ one: 1 }]);
  await second.stop();
});

test('does not end a stranger whose process id an old pid file names', async () => {
  await (await startEmbeddedPostgres({ dataDirectory, settings })).stop();
  writeFileSync(join(dataDirectory, 'cluster', 'postmaster.pid'), `${process.ppid}\n`);
  const server = await startEmbeddedPostgres({ dataDirectory, settings });
  expect(isAlive(process.ppid)).toBe(true);
  await server.stop();
});

test('refuses data that a living process uses, to start on and to remove', async () => {
  const { owner, serverPid } = await startElsewhere();
  const refusal = `in use by process ${owner.pid}`;
  await expect(startEmbeddedPostgres({ dataDirectory })).rejects.toThrow(refusal);
  await expect(removeEmbeddedPostgres(dataDirectory)).rejects.toThrow(refusal);
  expect(isAlive(serverPid)).toBe(true);
  await kill(owner);
});

test('names the port that is taken and the variable that changes it', async () => {
  const other = createServer().listen(0, '127.0.0.1');
  await once(other, 'listening');
  const { port } = other.address() as { port: number };
  await expect(startEmbeddedPostgres({ dataDirectory, port })).rejects.toThrow(
    new RegExp(`Port ${port} .*FOYER_POSTGRES_PORT`),
  );
  other.close();
});

test('tells in the words of Postgres why it does not start', async () => {
  await expect(
    startEmbeddedPostgres({ dataDirectory, settings: { max_connections: 'many' } }),
  ).rejects.toThrow(/invalid value for parameter "max_connections"/);
});

test('tells when the server ends by itself', async () => {
  const messages: string[] = [];
  const server = await startEmbeddedPostgres({ dataDirectory, settings, log: (text) => messages.push(text) });
  const ended = new Promise<void>((resolve) => {
    const push = messages.push.bind(messages);
    messages.push = (...items) => {
      resolve();
      return push(...items);
    };
  });
  process.kill(server.pid, 'SIGQUIT');
  await ended;
  expect(messages[0]).toMatch(/ended by itself .*server\.log/);
  await server.stop();
});

test('keeps the password where only the owner of the data reads it', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory, settings });
  expect(statSync(dataDirectory).mode & 0o077).toBe(0);
  expect(statSync(join(dataDirectory, 'password')).mode & 0o077).toBe(0);
  await server.stop();
});

test('a pool outlives its server: queries reject, nothing else happens', async () => {
  const server = await startEmbeddedPostgres({ dataDirectory, settings });
  const pool = createPool(server.adminUrl, { max: 2, applicationName: 'test' });
  const lent = await pool.connect();
  await pool.query('SELECT 1');
  await server.stop();
  await expect(lent.query('SELECT 1')).rejects.toThrow();
  await expect(pool.query('SELECT 1')).rejects.toThrow();
  lent.release();
  await pool.end();
});

const asRoot = process.getuid?.() === 0 ? test : test.skip;

asRoot(
  'in a folder closed to the server user, the data lies elsewhere and the folder is a link to it',
  async () => {
    const closed = newFolder();
    chmodSync(closed, 0o700);
    const named = join(closed, 'data');
    const first = await startEmbeddedPostgres({ dataDirectory: named, settings });
    await query(first.adminUrl, 'CREATE TABLE kept ()');
    await first.stop();
    const elsewhere = realpathSync(named);
    expect(lstatSync(named).isSymbolicLink()).toBe(true);
    expect(elsewhere).toMatch(/^\/var\/lib\/foyer\//);
    await (await startEmbeddedPostgres({ dataDirectory: named, settings })).stop();
    expect(realpathSync(named)).toBe(elsewhere);

    // Who deletes the link begins anew.
    rmSync(named);
    const second = await startEmbeddedPostgres({ dataDirectory: named, settings });
    expect(await query(second.adminUrl, `SELECT to_regclass('kept') AS kept`)).toEqual([{ kept: null }]);
    await second.stop();

    await removeEmbeddedPostgres(named);
    expect(existsSync(elsewhere)).toBe(false);
  },
);
