import { wrongCredentials } from '../domain/refusals.js';
import type { Services } from '../services.js';
import type { Account } from '../store/accounts.js';
import { attemptKey, forgetAttempts } from '../store/attempts.js';
import { judgePassword } from './judgePassword.js';

/**
 * Does something for whoever shows the account's present password. One attempt runs at a time, and wrong ones are counted
 * together whatever was asked for: it is the same password that could be guessed.
 * @throws Refused `WrongCredentials`, `LoginLocked` after five wrong ones; otherwise what the work throws.
 */
export function withPresentPassword<Result>(
  services: Services,
  userId: string,
  password: string,
  work: (owner: Account) => Promise<Result>,
): Promise<Result> {
  const { database, turns } = services;
  const key = attemptKey('change', userId);
  return turns.run(key, async () => {
    const { owner, right } = await judgePassword(services, { key, slowKey: null }, password, () =>
      database.client.account.findUnique({ where: { id: userId } }),
    );
    if (!owner || !right) throw wrongCredentials('This is not your present password.');
    await forgetAttempts(database.pool, key);
    return work(owner);
  });
}
