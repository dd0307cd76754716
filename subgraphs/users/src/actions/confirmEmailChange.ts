import { outboxEvent, UserEmailChanged } from '@foyer/kafka';
import { isUniqueViolation, type UserIdentity } from '@foyer/platform';
import { mailTokenRefused } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { lockAccount } from '../store/accounts.js';
import { findMailToken, useMailToken, voidMailTokens } from '../store/mailTokens.js';
import { addressee, userUpdated } from './userEvents.js';

/**
 * Makes a new address the account's, with the token that was sent to it, and tells the old one. The token is good for
 * whoever asked for it only: else one could make a stranger confirm an address for somebody else's account. It may be
 * shown again while it lasts: the answer may have been lost.
 * @throws Refused `MailTokenRefused`, also when the address has got an account meanwhile.
 */
export async function confirmEmailChange(
  services: Services,
  { userId }: Pick<UserIdentity, 'userId'>,
  secret: string,
): Promise<void> {
  try {
    await change(services, userId, secret);
  } catch (error) {
    // Somebody else was faster by moments.
    throw isUniqueViolation(error, 'account_email_key') ? mailTokenRefused() : error;
  }
}

async function change({ database, outbox, clock }: Services, userId: string, secret: string): Promise<void> {
  await database.transaction(async (client, sql) => {
    const now = clock.now();
    const account = await lockAccount(client, sql, userId);
    const token = await findMailToken(client, 'EMAIL_CHANGE', secret, now);
    const email = token?.email ?? null;
    if (!account || !token || email === null || token.accountId !== userId) throw mailTokenRefused();
    if (account.email === email && token.usedAt) return;
    if (!(await useMailToken(sql, token, now))) throw mailTokenRefused();
    const [changed] = await sql.query(
      `update account set email = $2, email_verified_at = $3
       where id = $1 and not exists (select from account other where other.email = $2)
       returning id`,
      [userId, email, now],
    );
    if (!changed) throw mailTokenRefused();
    // What was sent to the old mailbox opens nothing any more.
    await voidMailTokens(sql, userId, now);
    const present = await client.account.findUniqueOrThrow({ where: { id: userId } });
    await outbox.appendAll(sql, [
      userUpdated(present),
      outboxEvent(UserEmailChanged, {
        aggregateId: userId,
        data: {
          ...addressee(present),
          oldEmail: account.email,
          oldEmailVerified: account.emailVerifiedAt !== null,
        },
      }),
    ]);
  });
}
