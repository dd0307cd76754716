import { createHash } from 'node:crypto';
import { chmod, chown, cp, lstat, mkdir, readlink, realpath, rename, rm, symlink } from 'node:fs/promises';
import { basename, dirname, join, resolve } from 'node:path';

import { postgresBinaries } from './binaries.js';
import { canReach, chooseServerUser, type ServerUser } from './serverUser.js';

/** Where root keeps what the server's user could not enter at its own place, e.g. a clone under /root. */
const SHARED_FOLDER = '/var/lib/foyer';

/** Where a server's files are and who runs it. */
export interface Placement {
  /** Real path of the data folder; belongs to the server's user. */
  readonly folder: string;
  /** Folder that holds `bin/`, readable by the server's user. */
  readonly binaries: string;
  /** Null when Postgres runs as the user we are. */
  readonly user: ServerUser | null;
}

/**
 * Prepares `dataDirectory` (made if missing) and gives where things are. When root hands over to a user who
 * may not enter it, the data lies under /var/lib/foyer and `dataDirectory` is a symbolic link to it; the
 * binaries are then copied there too. Throws when the folder belongs to somebody else and we are not root.
 */
export async function placeServer(dataDirectory: string): Promise<Placement> {
  const named = resolve(dataDirectory);
  await mkdir(dirname(named), { recursive: true });
  const existing = await realpath(named).catch(() => null);
  const user = chooseServerUser(existing === null ? null : (await lstat(existing)).uid);
  const folder = existing ?? (await makeFolder(named, user));
  if (user !== null) {
    if (!canReach(user, dirname(folder))) {
      throw new Error(
        `Postgres has to run as "${user.name}", who may not enter ${folder}. Delete it to begin anew elsewhere.`,
      );
    }
    await chown(folder, user.uid, user.gid);
  } else if (process.getuid !== undefined && (await lstat(folder)).uid !== process.getuid()) {
    throw new Error(
      `${named} belongs to another user. Start Foyer as that user or as root, or delete the folder to begin anew.`,
    );
  }
  return { folder, binaries: await placeBinaries(user), user };
}

/** Removes the data folder and, where it is a link, what it points to. No server may be running on it. */
export async function removeDataDirectory(dataDirectory: string): Promise<void> {
  const named = resolve(dataDirectory);
  const target = await readlink(named).catch(() => null);
  if (target !== null && dirname(target) === (await realpath(SHARED_FOLDER).catch(() => null))) {
    await rm(target, { recursive: true, force: true });
  }
  await rm(named, { recursive: true, force: true });
}

async function makeFolder(named: string, user: ServerUser | null): Promise<string> {
  if (user === null || canReach(user, await realpath(dirname(named)))) {
    await mkdir(named, { mode: 0o700 });
    return await realpath(named);
  }
  const path = await realpath(dirname(named));
  const id = createHash('sha256')
    .update(join(path, basename(named)))
    .digest('hex')
    .slice(0, 16);
  await makeSharedFolder();
  const folder = join(await realpath(SHARED_FOLDER), id);
  // Whoever deleted the link deleted the data.
  await rm(folder, { recursive: true, force: true });
  await mkdir(folder, { mode: 0o700 });
  // A dangling link is replaced.
  await rm(named, { force: true });
  await symlink(folder, named);
  return folder;
}

async function placeBinaries(user: ServerUser | null): Promise<string> {
  const installed = await realpath(postgresBinaries());
  if (user === null || canReach(user, join(installed, 'bin'))) {
    return installed;
  }
  const id = createHash('sha256').update(installed).digest('hex').slice(0, 16);
  const copy = join(SHARED_FOLDER, `postgres-${id}`);
  if ((await lstat(copy).catch(() => null)) === null) {
    await makeSharedFolder();
    // Renamed when complete, so that a copy cut short by a kill is never taken for a whole one.
    const partial = `${copy}.${process.pid}`;
    await cp(installed, partial, { recursive: true, verbatimSymlinks: true });
    await rename(partial, copy);
  }
  return copy;
}

async function makeSharedFolder(): Promise<void> {
  await mkdir(SHARED_FOLDER, { recursive: true });
  await chmod(SHARED_FOLDER, 0o755);
}
