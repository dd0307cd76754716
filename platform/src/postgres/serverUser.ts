import { readFileSync, statSync, type Stats } from 'node:fs';
import { dirname } from 'node:path';

/** Who Postgres runs as. */
export interface ServerUser {
  readonly name: string;
  readonly uid: number;
  readonly gid: number;
}

/**
 * Gives the user that Postgres has to run as, or null for the one we are. Postgres refuses root, so root hands
 * over to whoever owns the existing data, else to `postgres`, else to `nobody`; no account is ever created.
 *
 * @param dataOwner uid of the existing data, null when there is none yet
 * @throws when root finds no such account
 */
export function chooseServerUser(dataOwner: number | null): ServerUser | null {
  if (process.getuid?.() !== 0) {
    return null;
  }
  const accounts = readAccounts();
  const candidates = [
    accounts.find(({ uid }) => uid === dataOwner && uid !== 0),
    accounts.find(({ name }) => name === 'postgres'),
    accounts.find(({ name }) => name === 'nobody'),
  ];
  const user = candidates.find((candidate) => candidate !== undefined);
  if (user === undefined) {
    throw new Error(
      'Postgres refuses to run as root, and this machine has neither a user "postgres" nor "nobody". ' +
        'Create one (useradd --system postgres), or start Foyer as an ordinary user.',
    );
  }
  return user;
}

function readAccounts(): ServerUser[] {
  return readFileSync('/etc/passwd', 'utf8')
    .split('\n')
    .map((line) => line.split(':'))
    .filter((fields) => fields.length >= 4)
    .map(([name = '', , uid, gid]) => ({ name, uid: Number(uid), gid: Number(gid) }));
}

/** Whether `user` may walk down to the folder `path` and read it. Judged by mode bits alone. */
export function canReach(user: ServerUser, path: string): boolean {
  const READ_AND_ENTER = 0o5;
  const ENTER = 0o1;
  if (!isAllowed(user, statSync(path), READ_AND_ENTER)) {
    return false;
  }
  for (let folder = dirname(path); folder !== dirname(folder); folder = dirname(folder)) {
    if (!isAllowed(user, statSync(folder), ENTER)) {
      return false;
    }
  }
  return true;
}

function isAllowed(user: ServerUser, { mode, uid, gid }: Stats, wanted: number): boolean {
  const shift = uid === user.uid ? 6 : gid === user.gid ? 3 : 0;
  return ((mode >> shift) & wanted) === wanted;
}
