import { execFile } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, readFile, rename, rm, stat, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';

import type { Placement } from './placement.js';

/** The superuser of the embedded cluster. */
export const ADMIN_USER = 'foyer';

/** A cluster's own folder inside the data folder, and its superuser's password. */
export interface Cluster {
  readonly folder: string;
  readonly password: string;
}

/**
 * Gives the cluster in the data folder, made on the first call. Its password is random and kept in the file
 * `password` beside it, readable by the folder's owner. Text sorts by code point and is UTF-8 on every machine.
 * Rejects with initdb's own words when it fails; a half-made cluster is thrown away at the next call.
 */
export async function ensureCluster({ folder, binaries, user }: Placement): Promise<Cluster> {
  const cluster = join(folder, 'cluster');
  const passwordFile = join(folder, 'password');
  if (await exists(cluster)) {
    return { folder: cluster, password: (await readFile(passwordFile, 'utf8')).trim() };
  }
  const partial = join(folder, 'cluster.partial');
  await rm(partial, { recursive: true, force: true });
  const password = randomBytes(24).toString('base64url');
  await writeFile(passwordFile, `${password}\n`, { mode: 0o600 });
  if (user !== null) {
    await chown(passwordFile, user.uid, user.gid);
  }
  await promisify(execFile)(
    join(binaries, 'bin', 'initdb'),
    [
      `--pgdata=${partial}`,
      `--username=${ADMIN_USER}`,
      `--pwfile=${passwordFile}`,
      '--auth=scram-sha-256',
      '--encoding=UTF8',
      '--locale=C',
      '--locale-provider=builtin',
      '--builtin-locale=C.UTF-8',
      '--no-sync',
      '--no-instructions',
      // The password is 24 random bytes: nothing is gained by making it slow to guess, and every connection
      // would pay for it.
      '--set=scram_iterations=1',
    ],
    { cwd: folder, env: serverEnvironment(), ...(user === null ? {} : { uid: user.uid, gid: user.gid }) },
  );
  await rename(partial, cluster);
  return { folder: cluster, password };
}

/** Ours without PGDATA, PGPORT and their like, which Postgres would obey. */
export function serverEnvironment(): NodeJS.ProcessEnv {
  const entries = Object.entries(process.env).filter(([name]) => !name.startsWith('PG'));
  return { ...Object.fromEntries(entries), LC_ALL: 'C', TZ: 'UTC' };
}

async function exists(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null)) !== null;
}
