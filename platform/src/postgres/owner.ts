import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { isAlive, startOf } from './processes.js';

/**
 * Marks the data folder as used by this process, until `release`. Throws when another living process uses it:
 * two systems on one cluster would each stop it under the other. The message begins with `what`.
 */
export function claimDataFolder(
  folder: string,
  dataDirectory: string,
  what = `The database in ${dataDirectory}`,
): { release(): void } {
  const file = join(folder, 'owner.json');
  const owner = readOwner(file);
  if (owner !== null && isAlive(owner.pid) && startOf(owner.pid) === owner.start) {
    throw new Error(
      `${what} is in use by process ${owner.pid}. Stop that one first, or clone Foyer into a second folder to ` +
        'run two.',
    );
  }
  // Removed first: the file of a dead owner may belong to root, but the folder is ours.
  rmSync(file, { force: true });
  writeFileSync(file, JSON.stringify({ pid: process.pid, start: startOf(process.pid) }), { flag: 'wx' });
  return { release: () => rmSync(file, { force: true }) };
}

function readOwner(file: string): { pid: number; start: string | null } | null {
  try {
    return JSON.parse(readFileSync(file, 'utf8')) as { pid: number; start: string | null };
  } catch {
    return null;
  }
}
