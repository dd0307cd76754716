import { outboxEvent, UserPasswordChanged } from '@foyer/kafka';
import type { UserIdentity } from '@foyer/platform';
import { wrongCredentials } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { lockAccount } from '../store/accounts.js';
import { replacePassword } from '../store/formerPasswords.js';
import { endSessions } from '../store/sessions.js';
import { readNewPassword } from './readNewPassword.js';
import { addressee } from './userEvents.js';
import { withPresentPassword } from './withPresentPassword.js';

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
  const { database, outbox, clock } = services;
  return withPresentPassword(services, userId, input.currentPassword, async (owner) => {
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
