import { link, readFile, rm, writeFile } from 'node:fs/promises';
import { setTimeout as delay } from 'node:timers/promises';
import { isAlive } from '@foyer/platform';

const INTERVAL = 200;

/**
 * Runs `work` while no other process does so under the same lock file; waits for a living one to end. In the
 * moment in which several find a dead owner's file, two may get in: `work` must bear that.
 */
export async function withFileLock(file: string, work: () => Promise<void>): Promise<void> {
  while (!(await take(file))) {
    const owner = Number(await readFile(file, 'utf8').catch(() => ''));
    if (owner > 0 && isAlive(owner)) {
      await delay(INTERVAL);
    } else {
      await rm(file, { force: true });
    }
  }
  try {
    await work();
  } finally {
    await rm(file, { force: true });
  }
}

/** Linked, not written: the file is never there without its owner's id in it. */
async function take(file: string): Promise<boolean> {
  const own = `${file}.${process.pid}`;
  await writeFile(own, String(process.pid));
  try {
    await link(own, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    await rm(own, { force: true });
  }
}
