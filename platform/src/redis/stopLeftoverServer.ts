import { readFile, readlink, rm } from 'node:fs/promises';
import { isAlive, waitForEnd } from '../postgres/processes.js';

const STOP_TIMEOUT_MS = 10_000;

/** Ends the server that somebody who was killed has left in a folder. A stranger with its process id is left alone. */
export async function stopLeftoverServer(folder: string, pidFile: string): Promise<void> {
  const pid = Number.parseInt(await readFile(pidFile, 'utf8').catch(() => ''), 10);
  if (pid > 0 && isAlive(pid) && (await workingFolder(pid)) === folder) {
    process.kill(pid, 'SIGTERM');
    if (!(await waitForEnd(pid, STOP_TIMEOUT_MS))) process.kill(pid, 'SIGKILL');
  }
  await rm(pidFile, { force: true });
}

/** Null where it can't be found out, outside Linux; there the shell that keeps the server is what ends it. */
async function workingFolder(pid: number): Promise<string | null> {
  return await readlink(`/proc/${pid}/cwd`).catch(() => null);
}
