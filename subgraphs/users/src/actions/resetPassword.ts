import { outboxEvent, UserPasswordChanged } from '@foyer/kafka';
import { networkOf } from '@foyer/platform';
import { mailTokenRefused } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { lockAccount } from '../store/accounts.js';
import { attemptKey, forgetAttempts, networkKey } from '../store/attempts.js';
import { replacePassword } from '../store/formerPasswords.js';
import { findMailToken, useMailToken } from '../store/mailTokens.js';
import { endSessions } from '../store/sessions.js';
import { limit } from './limit.js';
import { readNewPassword } from './readNewPassword.js';
import { addressee, userUpdated } from './userEvents.js';

/** A new password with the right to set it. */
export interface ResetPasswordInput {
  readonly token: string;
  readonly newPassword: string;
}

/**
 * Sets a new password with a token from a mail, ends every session and forgets every device. The token proves the
 * address too. A refused password leaves the token as it was.
 * @returns how many sessions this ended.
 * @throws Refused `MailTokenRefused`, `InvalidInput`, `RateLimited`.
 */
export async function resetPassword(
  services: Services,
  input: ResetPasswordInput,
  address: string,
): Promise<number> {
  const { database, outbox, clock, configuration, rateLimiter } = services;
  await limit(rateLimiter, configuration.resetLimit, networkOf(address), 'requests from your address');
  const token = await findMailToken(database.client, 'PASSWORD_RESET', input.token, clock.now());
  if (!token || token.usedAt) throw mailTokenRefused();
  const known = await database.client.account.findUniqueOrThrow({ where: { id: token.accountId } });
  const passwordHash = await readNewPassword(services, known, 'input.newPassword', input.newPassword);
  return database.transaction(async (client, sql) => {
    const account = await lockAccount(client, sql, token.accountId);
    const now = clock.now();
    if (!account || account.deactivatedAt || !(await useMailToken(sql, token, now))) throw mailTokenRefused();
    await replacePassword(client, sql, account, passwordHash, now);
    const proven = account.emailVerifiedAt
      ? null
      : await client.account.update({ where: { id: account.id }, data: { emailVerifiedAt: now } });
    await client.device.deleteMany({ where: { accountId: account.id } });
    // Whoever forgot the password has probably tried a few.
    await forgetAttempts(sql, networkKey(account.email, address));
    await forgetAttempts(sql, attemptKey('account', account.email));
    const ended = await endSessions(sql, { accountId: account.id }, 'PASSWORD_CHANGED', now);
    await outbox.appendAll(sql, [
      ...(proven ? [userUpdated(proven)] : []),
      outboxEvent(UserPasswordChanged, { aggregateId: account.id, data: addressee(account) }),
      ...ended,
    ]);
    return ended.length;
  });
}
