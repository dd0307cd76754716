import { readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';

import { isAlive, servesCluster, waitForEnd } from './processes.js';

/**
 * Stops the server that a killed process of ours left on this cluster, and removes a pid file that names
 * nobody or a stranger (after a reboot the id may be anyone's). It is stopped rather than taken over, so that
 * settings are always those asked for. Gives the process id it stopped, null when there was none.
 */
export async function stopLeftover(clusterFolder: string): Promise<number | null> {
  const pidFile = join(clusterFolder, 'postmaster.pid');
  const pid = await readPid(pidFile);
  if (pid === null) {
    return null;
  }
  if (isAlive(pid) && servesCluster(pid, clusterFolder)) {
    await stopServer(pid);
    return pid;
  }
  await rm(pidFile, { force: true });
  return null;
}

/**
 * Stops a server: open transactions are rolled back, and all is written to disk. One that does not end within
 * 30 s is ended without that (the next start recovers from its log). Rejects when even that fails.
 */
export async function stopServer(pid: number): Promise<void> {
  for (const [signal, timeoutMs] of [
    ['SIGINT', 30_000],
    ['SIGQUIT', 5_000],
    ['SIGKILL', 5_000],
  ] as const) {
    send(pid, signal);
    if (await waitForEnd(pid, timeoutMs)) {
      return;
    }
  }
  throw new Error(`Postgres (process ${pid}) could not be stopped.`);
}

function send(pid: number, signal: NodeJS.Signals): void {
  try {
    process.kill(pid, signal);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'ESRCH') {
      throw error;
    }
  }
}

/** The first line of the pid file; null when there is no file, or nothing sensible in it. */
async function readPid(pidFile: string): Promise<number | null> {
  const text = await readFile(pidFile, 'utf8').catch(() => '');
  const pid = Number.parseInt(text, 10);
  return pid > 0 ? pid : null;
}
