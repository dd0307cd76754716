import { loginLocked } from '../domain/refusals.js';
import type { Services } from '../services.js';
import type { LockRule } from '../domain/countFailure.js';
import { beginAttempt, withdrawAttempt, type BegunAttempt } from '../store/attempts.js';

/** What came of showing a password. */
export interface Judgement<Owner> {
  /** Whose account it is; null where there is none. */
  readonly owner: Owner | null;
  /** Whether there is an account and the password is its. */
  readonly right: boolean;
  /** Whether this failure has locked further attempts on the key. */
  readonly locked: boolean;
}

/** Where a failure counts. */
interface Counter {
  readonly key: string;
  readonly rule: LockRule;
}

/**
 * Judges a password that is shown, unless failures have locked the key, or slow others down with it. The attempt counts
 * as failed at the key until `forgetAttempts`. One hash is computed whether or not there is an account.
 * @param key what failures lock.
 * @param slowKey what failures slow down, besides; null: nothing.
 * @param find reads the account after the attempt is counted; null where there is none.
 * @throws Refused `LoginLocked`; `RateLimited` when too many wait, and then the attempt does not count.
 */
export async function judgePassword<Owner extends { readonly passwordHash: string }>(
  services: Services,
  { key, slowKey }: { readonly key: string; readonly slowKey: string | null },
  password: string,
  find: () => Promise<Owner | null>,
): Promise<Judgement<Owner>> {
  const { passwords, configuration } = services;
  return counted(services, { key, rule: configuration.lock }, async (attempt) => {
    const judge = async (): Promise<Judgement<Owner>> => {
      const owner = await find();
      const right = await passwords.verify(owner?.passwordHash ?? null, password);
      return { owner, right, locked: !right && attempt.locks };
    };
    if (slowKey === null) return judge();
    return counted(services, { key: slowKey, rule: configuration.slowDown }, async (_, withdraw) => {
      const judgement = await judge();
      // Others' failures stand.
      if (judgement.right) await withdraw();
      return judgement;
    });
  });
}

/** Does something as an attempt that counts as failed, and takes it back when it could not be judged. */
async function counted<Result>(
  { database, clock }: Services,
  { key, rule }: Counter,
  judge: (attempt: BegunAttempt, withdraw: () => Promise<void>) => Promise<Result>,
): Promise<Result> {
  const now = clock.now();
  const attempt = await beginAttempt(database, key, now, rule);
  if ('lockedUntil' in attempt) {
    throw loginLocked(Math.ceil((attempt.lockedUntil.getTime() - now.getTime()) / 1000));
  }
  const withdraw = (): Promise<void> => withdrawAttempt(database, key, attempt);
  try {
    return await judge(attempt, withdraw);
  } catch (error) {
    await withdraw();
    throw error;
  }
}
