import { fork } from 'node:child_process';
import { once } from 'node:events';
import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createLog, isAlive, waitForEnd } from '@foyer/platform';
import { startStandIns } from '../testing/startStandIns.js';
import type { Distributed } from './startDistributed.js';

const log = createLog('test', 'silent');
const PATIENCE_MS = 60_000;
let folder: string;
let system: Distributed | null = null;

beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'foyer-supervision-'));
});

afterEach(async () => {
  await system?.stop();
  system = null;
  rmSync(folder, { recursive: true });
});

/** A supervisor in a process of its own. @returns it, and the ids of what it runs. */
async function spawnSupervisor(behaviour = '') {
  const supervisor = fork(join(__dirname, '../testing/standInSupervisor.js'), [folder, behaviour], {
    execArgv: [],
  });
  const [pids] = (await once(supervisor, 'message')) as [number[]];
  return { supervisor, pids };
}

test('tells every process where the others are, and takes ports that are not given to connections', async () => {
  system = await startStandIns(folder, log);
  const orders = system.processes.filter(({ name }) => name === 'orders');
  expect(system.variables['ORDERS_URL']).toBe(orders.map(({ url }) => url).join(','));
  expect(system.variables['ORDERS_PUBLIC_URL']).toBe(orders[0]?.url);
  for (const { port } of system.processes) expect(port).toBeLessThan(32_000);
});

test('starts again what was killed, on the port that the others know', async () => {
  system = await startStandIns(folder, log);
  const second = () => system?.processes.find(({ name, index }) => name === 'orders' && index === 1);
  const before = second();
  expect(await system.kill('orders', 1, 'SIGKILL')).toBe(true);
  await system.ready();
  expect(second()).toMatchObject({ url: before?.url, exits: [{ code: null, signal: 'SIGKILL' }] });
  expect(second()?.pid).not.toBe(before?.pid);
});

test('leaves down what ends while restarting is paused', async () => {
  system = await startStandIns(folder, log);
  system.pause('users');
  await system.kill('users', 0, 'SIGTERM');
  const users = () => system?.processes.find(({ name }) => name === 'users');
  expect(users()).toMatchObject({ pid: null, exits: [{ code: 0, signal: null }] });
  expect(await system.kill('users', 0, 'SIGTERM')).toBe(false);
  system.resume('users');
  await system.ready();
  expect(users()?.pid).not.toBeNull();
});

test('refuses a second system on its folder, and goes on', async () => {
  system = await startStandIns(folder, log);
  await expect(startStandIns(folder, log)).rejects.toThrow(
    `The distributed system in ${folder} is in use by process ${process.pid}.`,
  );
  expect(system.processes.every(({ pid }) => pid !== null && isAlive(pid))).toBe(true);
});

test('says which port is taken, and by which variable it is changed', async () => {
  system = await startStandIns(folder, log);
  const port = String(system.processes[0]?.port);
  const other = join(folder, 'other');
  await expect(
    startStandIns(other, log, '', { variables: { USERS_PORT: port, GATEWAY_PORT: '0' } }),
  ).rejects.toThrow(`Port ${port}, for users 1, is in use. Set USERS_PORT to another port`);
});

test('ends gateways before subgraphs, and all of them well', async () => {
  system = await startStandIns(folder, log);
  const logs = system.processes.map(({ name, logFile }) => ({ name, logFile }));
  const exits = await system.stop();
  const well = { code: 0, signal: null };
  expect(exits).toEqual({ 'gateway-1': well, 'users-1': well, 'orders-1': well, 'orders-2': well });
  const toldAt = logs.map(({ name, logFile }) => ({
    name,
    at: BigInt(/stop at (\d+)/.exec(readFileSync(logFile, 'utf8'))?.[1] ?? 0),
  }));
  toldAt.sort((a, b) => (a.at < b.at ? -1 : 1));
  expect(toldAt[0]?.name).toBe('gateway');
});

test('kills what does not end, also what is stopped', async () => {
  system = await startStandIns(folder, log, 'stubborn', { stopPatienceMs: 100 });
  await system.kill('orders', 1, 'SIGSTOP');
  const pids = system.processes.map(({ pid }) => pid ?? 0);
  const exits = await system.stop();
  expect(new Set(Object.values(exits).map((exit) => exit?.signal))).toEqual(new Set(['SIGKILL']));
  expect(pids.filter(isAlive)).toEqual([]);
});

test('a start that one process spoils gives its words, and leaves nothing', async () => {
  const failing = startStandIns(folder, log, '', {
    variablesOf: ({ name, index }) => (name === 'orders' && index === 1 ? { STAND_IN: 'broken' } : {}),
  });
  await expect(failing).rejects.toThrow('orders-2 could not start: the stand-in can’t start: it is broken');
  // The folder is free again.
  system = await startStandIns(folder, log);
});

test('a start can be given up', async () => {
  const stopping = new AbortController();
  stopping.abort(new Error('never mind'));
  await expect(startStandIns(folder, log, '', { signal: stopping.signal })).rejects.toThrow('never mind');
});

test('when the supervisor is killed, what it started ends by itself', async () => {
  const { supervisor, pids } = await spawnSupervisor();
  expect(pids.filter(isAlive)).toHaveLength(4);
  supervisor.kill('SIGKILL');
  const ended = await Promise.all(pids.map((pid) => waitForEnd(pid, PATIENCE_MS)));
  expect(ended).toEqual([true, true, true, true]);
});

test('the next start ends what a killed one left, however stubborn', async () => {
  const { supervisor, pids } = await spawnSupervisor('stubborn');
  const exit = once(supervisor, 'exit');
  // Its processes hear of its end only when they run again.
  for (const pid of pids) process.kill(pid, 'SIGSTOP');
  supervisor.kill('SIGKILL');
  await exit;
  expect(pids.filter(isAlive)).toHaveLength(4);
  system = await startStandIns(folder, log, '', { leftoverPatienceMs: 100 });
  expect(pids.filter(isAlive)).toEqual([]);
});
