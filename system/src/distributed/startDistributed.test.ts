import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, isAlive, portVariable, PROCESS_NAMES } from '@foyer/platform';
import { DATABASE_NAMES, databaseUrlVariable } from '@foyer/prisma';
import { createTestDatabase, type TestDatabase } from '@foyer/prisma/testing';
import { startDistributed, type Distributed } from './startDistributed.js';

jest.setTimeout(120_000);
const log = createLog('test', process.env['TEST_LOG'] ?? 'silent');
/** What the tests here ask of. */
const SOME = { gateway: 2, users: 1, catalog: 1, inventory: 2 };
const NONE = Object.fromEntries(PROCESS_NAMES.map((name) => [name, 0]));
const databases: TestDatabase[] = [];
let folder: string;
let system: Distributed;
let variables: Record<string, string>;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'foyer-distributed-'));
  variables = {
    FOYER_SECRET: 'a secret for tests that has 32 characters',
    ...Object.fromEntries(PROCESS_NAMES.map((name) => [portVariable(name), '0'])),
  };
  for (const name of DATABASE_NAMES) {
    const database = await createTestDatabase(name);
    databases.push(database);
    variables[databaseUrlVariable(name)] = database.url;
  }
  // All of them: see deployment/services.test.ts.
  system = await startDistributed({ variables, folder, log, instances: { ...NONE, ...SOME } });
});

afterAll(async () => {
  await system.stop();
  await Promise.all(databases.map((database) => database.drop()));
  await rm(folder, { recursive: true });
});

test('answers at each gateway', async () => {
  expect(system.endpoints).toHaveLength(2);
  for (const endpoint of system.endpoints) {
    const answer = await fetch(endpoint, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify({ query: '{ events(first: 1) { edges { node { id } } } }' }),
    });
    expect(await answer.json()).toEqual({ data: { events: { edges: [] } } });
  }
});

test('starts again what was killed, on the port that the others know', async () => {
  const [before] = system.processes.filter(({ name }) => name === 'inventory');
  expect(await system.kill('inventory', 0, 'SIGKILL')).toBe(true);
  await system.ready();
  const [after] = system.processes.filter(({ name }) => name === 'inventory');
  expect(after?.pid).not.toBe(before?.pid);
  expect(after?.exits).toEqual([{ code: null, signal: 'SIGKILL' }]);
  expect(after?.url).toBe(before?.url);
});

test('leaves down what ends while restarting is paused', async () => {
  system.pause('catalog');
  await system.kill('catalog', 0, 'SIGTERM');
  const catalog = () => system.processes.find(({ name }) => name === 'catalog');
  expect(catalog()).toMatchObject({ pid: null, exits: [{ code: 0, signal: null }] });
  expect(await system.kill('catalog', 0, 'SIGTERM')).toBe(false);
  system.resume('catalog');
  await system.ready();
  expect(catalog()?.pid).not.toBeNull();
});

test('refuses a second system on its folder', async () => {
  await expect(startDistributed({ variables, folder, log })).rejects.toThrow(
    `The distributed system in ${folder} is in use by process ${process.pid}.`,
  );
  expect(system.processes.every(({ pid }) => pid !== null && isAlive(pid))).toBe(true);
});

test('says what a process complains of that can not start, and leaves nothing running', async () => {
  const other = await mkdtemp(join(tmpdir(), 'foyer-distributed-'));
  const wrong = { ...variables, ORDERS_POOL_SIZE: 'many' };
  await expect(
    startDistributed({ variables: wrong, folder: other, log, instances: { ...NONE, orders: 2 } }),
  ).rejects.toThrow('ORDERS_POOL_SIZE=many');
  await rm(other, { recursive: true });
});
