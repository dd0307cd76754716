import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync } from 'node:fs';
import { chown, readFile, rename, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';

import { serverEnvironment } from './cluster.js';
import type { Placement } from './placement.js';
import type { PostgresSettings } from './settings.js';

const START_TIMEOUT_MS = 60_000;
const LOG_ROTATION_BYTES = 5_000_000;

/** Why a server did not start, in the words of its log. */
export class ServerStartError extends Error {
  override readonly name = 'ServerStartError';

  constructor(readonly output: string) {
    super(`Postgres did not start:\n${output.trim()}`);
  }

  get portTaken(): boolean {
    return this.output.includes('Address already in use');
  }

  /** The processes of a killed server take a moment to notice that it is gone. */
  get predecessorStillEnding(): boolean {
    return this.output.includes('pre-existing shared memory block');
  }
}

/**
 * Starts Postgres on the cluster and gives its process once it takes connections. It runs in a session of its
 * own, so that Ctrl-C in the terminal reaches us alone and we can drain before it stops. What it says goes to
 * `server.log` in the data folder. Rejects with a `ServerStartError`.
 */
export async function spawnServer(
  { folder, binaries, user }: Placement,
  clusterFolder: string,
  settings: PostgresSettings,
): Promise<ChildProcess> {
  const logFile = join(folder, 'server.log');
  await rotate(logFile);
  const log = openSync(logFile, 'a', 0o600);
  const logStart = (await stat(logFile)).size;
  if (user !== null) {
    await chown(logFile, user.uid, user.gid);
  }
  const child = spawn(
    join(binaries, 'bin', 'postgres'),
    ['-D', clusterFolder, ...Object.entries(settings).flatMap(([name, value]) => ['-c', `${name}=${value}`])],
    {
      cwd: clusterFolder,
      detached: true,
      env: serverEnvironment(),
      stdio: ['ignore', log, log],
      ...(user === null ? {} : { uid: user.uid, gid: user.gid }),
    },
  );
  closeSync(log);
  let failure: Error | undefined;
  child.once('error', (error) => (failure = error));
  const deadline = performance.now() + START_TIMEOUT_MS;
  while (!(await isReady(clusterFolder, child.pid))) {
    if (failure !== undefined) {
      throw failure;
    }
    if (child.exitCode !== null || child.signalCode !== null || performance.now() > deadline) {
      child.kill('SIGQUIT');
      throw new ServerStartError((await readFile(logFile, 'utf8')).slice(logStart));
    }
    await delay(10);
  }
  child.unref();
  return child;
}

/** As pg_ctl does: the eighth line of the pid file tells the state. */
async function isReady(clusterFolder: string, pid: number | undefined): Promise<boolean> {
  const text = await readFile(join(clusterFolder, 'postmaster.pid'), 'utf8').catch(() => '');
  const lines = text.split('\n');
  return Number(lines[0]) === pid && lines[7]?.trim() === 'ready';
}

async function rotate(logFile: string): Promise<void> {
  const size = (await stat(logFile).catch(() => null))?.size ?? 0;
  if (size > LOG_ROTATION_BYTES) {
    await rename(logFile, `${logFile}.1`);
  }
}
