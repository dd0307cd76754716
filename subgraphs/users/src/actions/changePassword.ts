import { outboxEvent, UserPasswordChanged } from '@foyer/kafka';
import type { UserIdentity } from '@foyer/platform';
import { wrongCredentials } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { lockAccount } from '../store/accounts.js';
import { attemptKey, forgetAttempts } from '../store/attempts.js';
import { replacePassword } from '../store/formerPasswords.js';
import { endSessions } from '../store/sessions.js';
import { judgePassword } from './judgePassword.js';
import { readNewPassword } from './readNewPassword.js';
import { addressee } from './userEvents.js';

/** Old and new password. */
export interface ChangePasswordInput {
  readonly currentPassword: string;
  readonly newPassword: string;
}

/**
 * Changes one's own password, ends every other session and forgets every other device.
 * @returns how many sessions this ended.
 * @throws Refused `WrongCredentials`, `LoginLocked` after five wrong ones, `InvalidInput`, `RateLimited`.
 */
export async function changePassword(
  services: Services,
  { userId, sessionId }: Pick<UserIdentity, 'userId' | 'sessionId'>,
  input: ChangePasswordInput,
): Promise<number> {
  const { database, outbox, clock, turns } = services;
  const key = attemptKey('change', userId);
  return turns.run(key, async () => {
    const { owner, right } = await judgePassword(
      services,
      { key, slowKey: null },
      input.currentPassword,
      () => database.client.account.findUnique({ where: { id: userId } }),
    );
    if (!owner || !right) throw wrongCredentials('This is not your present password.');
    await forgetAttempts(database.pool, key);
    const passwordHash = await readNewPassword(services, owner, 'input.newPassword', input.newPassword);
    return database.transaction(async (client, sql) => {
      const account = await lockAccount(client, sql, userId);
      if (account?.passwordHash !== owner.passwordHash)
        throw wrongCredentials('Your password has just been changed.');
      const now = clock.now();
      await replacePassword(client, sql, account, passwordHash, now);
      const present = await client.session.findUnique({ where: { id: sessionId } });
      await client.device.deleteMany({
        where: { accountId: userId, NOT: { id: present?.deviceId ?? sessionId } },
      });
      const ended = await endSessions(sql, { accountId: userId, except: sessionId }, 'PASSWORD_CHANGED', now);
      await outbox.appendAll(sql, [
        outboxEvent(UserPasswordChanged, { aggregateId: userId, data: addressee(account) }),
        ...ended,
      ]);
      return ended.length;
    });
  });
}
