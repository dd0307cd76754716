import { normalText } from '@foyer/platform/domain';
import { createHash, randomBytes, timingSafeEqual } from 'node:crypto';

/**
 * An access code as it is stored: `<salt>.<SHA-256 of salt and code>`. A fast hash will do: a code is given to many
 * people and guards no account, and it is checked while others wait for a lock.
 */
export function hashAccessCode(code: string): string {
  const salt = randomBytes(16).toString('base64url');
  return `${salt}.${digest(salt, normalText(code)).toString('base64url')}`;
}

/** Whether a code is the one that was stored, in a time that tells nothing of it. False for no code. */
export function matchesAccessCode(code: string | null, stored: string): boolean {
  if (code === null) return false;
  const [salt = '', hash = ''] = stored.split('.');
  const expected = Buffer.from(hash, 'base64url');
  // Stored hashes of codes that were typed decomposed can't be brought to the normal form; both are looked at.
  const given = (['NFC', 'NFD'] as const).map((form) => digest(salt, normalText(code).normalize(form)));
  return given
    .map((each) => expected.length === each.length && timingSafeEqual(expected, each))
    .includes(true);
}

function digest(salt: string, code: string): Buffer {
  return createHash('sha256').update(salt).update('.').update(code).digest();
}
