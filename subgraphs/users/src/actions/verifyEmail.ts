import { mailTokenRefused } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { lockAccount } from '../store/accounts.js';
import { findMailToken, useMailToken } from '../store/mailTokens.js';
import { userUpdated } from './userEvents.js';

/**
 * Takes a token from a mail as proof that the address is its owner's. The token may be shown again while it lasts:
 * the answer may have been lost.
 * @returns the address.
 * @throws Refused `MailTokenRefused`.
 */
export async function verifyEmail({ database, outbox, clock }: Services, secret: string): Promise<string> {
  return database.transaction(async (client, sql) => {
    const now = clock.now();
    const token = await findMailToken(client, 'EMAIL_VERIFICATION', secret, now);
    const account = token && (await lockAccount(client, sql, token.accountId));
    if (!account) throw mailTokenRefused();
    if (account.emailVerifiedAt) return account.email;
    if (!(await useMailToken(sql, token, now))) throw mailTokenRefused();
    const verified = await client.account.update({
      where: { id: account.id },
      data: { emailVerifiedAt: now },
    });
    await outbox.appendAll(sql, [userUpdated(verified)]);
    return account.email;
  });
}
