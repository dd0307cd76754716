import { setTimeout as delay } from 'node:timers/promises';
import { outboxEvent, UserEmailChangeRequested, UserRegistrationRepeated } from '@foyer/kafka';
import { InputCheck, type UserIdentity, normalEmailAddress } from '@foyer/platform';
import { checkEmail } from '../domain/checkProfile.js';
import type { Services } from '../services.js';
import type { Account } from '../store/accounts.js';
import { insertMailToken } from '../store/mailTokens.js';
import { limit } from './limit.js';
import { addressee } from './userEvents.js';
import { withPresentPassword } from './withPresentPassword.js';

/** A new address, and the password that shows who asks for it. */
export interface ChangeEmailInput {
  readonly newEmail: string;
  readonly currentPassword: string;
}

/**
 * Has a mail sent to a new address, with the token that makes it the account's. Until then the old one stays. Where the
 * address has an account already, its owner is told instead; whoever asks sees no difference, and waits as long.
 * @returns the address as it was understood.
 * @throws Refused `InvalidInput`, `WrongCredentials`, `LoginLocked` after five wrong ones, `RateLimited`.
 */
export async function changeEmail(
  services: Services,
  { userId }: Pick<UserIdentity, 'userId'>,
  input: ChangeEmailInput,
): Promise<string> {
  const { rateLimiter, configuration } = services;
  const email = normalEmailAddress(input.newEmail);
  checkEmail(new InputCheck(), 'input.newEmail', email).done();
  return withPresentPassword(services, userId, input.currentPassword, async (owner) => {
    new InputCheck()
      .require(email !== owner.email, 'input.newEmail', 'UNCHANGED', 'This is your address already.')
      .done();
    await limit(rateLimiter, configuration.mailLimit, `email change of ${userId}`, 'changes of your address');
    await limit(rateLimiter, configuration.mailLimit, `email change to ${email}`, 'mails to this address');
    await Promise.all([tell(services, owner, email), delay(configuration.resetAnswerMs)]);
    return email;
  });
}

async function tell(
  { database, outbox, clock, sealer, rateLimiter, configuration }: Services,
  account: Account,
  newEmail: string,
): Promise<void> {
  await database.transaction(async (client, sql) => {
    const taken = await client.account.findUnique({ where: { email: newEmail } });
    if (taken) {
      const mail = await rateLimiter.consume(configuration.mailLimit, `registration ${taken.id}`);
      if (mail.allowed)
        await outbox.append(sql, UserRegistrationRepeated, { aggregateId: taken.id, data: addressee(taken) });
      return;
    }
    const expiresAt = new Date(clock.now().getTime() + configuration.emailVerificationMs);
    const token = await insertMailToken(client, 'EMAIL_CHANGE', account.id, expiresAt, newEmail);
    await outbox.appendAll(sql, [
      outboxEvent(UserEmailChangeRequested, {
        aggregateId: account.id,
        data: {
          ...addressee(account),
          newEmail,
          sealedToken: sealer.seal('email-change', token),
          expiresAt: expiresAt.toISOString(),
        },
      }),
    ]);
  });
}
