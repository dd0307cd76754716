import { loginLocked } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { beginAttempt, withdrawAttempt } from '../store/attempts.js';

/** What came of showing a password. */
export interface Judgement<Owner> {
  /** Whose account it is; null where there is none. */
  readonly owner: Owner | null;
  /** Whether there is an account and the password is its. */
  readonly right: boolean;
  /** Whether this failure has locked further attempts. */
  readonly locked: boolean;
}

/**
 * Judges a password that is shown, unless failures have locked the key. The attempt counts as failed until
 * `forgetAttempts`. One hash is computed whether or not there is an account.
 * @param key what failures lock.
 * @param find reads the account after the attempt is counted; null where there is none.
 * @throws Refused `LoginLocked`; `RateLimited` when too many wait, and then the attempt does not count.
 */
export async function judgePassword<Owner extends { readonly passwordHash: string }>(
  { database, clock, passwords, configuration }: Services,
  key: string,
  password: string,
  find: () => Promise<Owner | null>,
): Promise<Judgement<Owner>> {
  const now = clock.now();
  const attempt = await beginAttempt(database, key, now, configuration.lock);
  if ('lockedUntil' in attempt) {
    throw loginLocked(Math.ceil((attempt.lockedUntil.getTime() - now.getTime()) / 1000));
  }
  try {
    const owner = await find();
    const right = await passwords.verify(owner?.passwordHash ?? null, password);
    return { owner, right, locked: !right && attempt.locks };
  } catch (error) {
    await withdrawAttempt(database, key, attempt);
    throw error;
  }
}
