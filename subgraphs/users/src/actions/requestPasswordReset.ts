import { setTimeout as delay } from 'node:timers/promises';
import { outboxEvent, UserPasswordResetRequested } from '@foyer/kafka';
import { InputCheck, networkOf } from '@foyer/platform';
import { checkEmail } from '../domain/checkProfile.js';
import type { Services } from '../services.js';
import { findAddress } from '../store/findAddress.js';
import { insertMailToken } from '../store/mailTokens.js';
import { limit } from './limit.js';
import { addressee } from './userEvents.js';

/**
 * Has the owner of an address sent a token with which the password can be reset. Nobody else learns whether there is
 * one: the answer is the same, and given after the same time, which is longer than either way takes.
 * @returns the address as it was understood.
 * @throws Refused `InvalidInput`, `RateLimited`.
 */
export async function requestPasswordReset(
  services: Services,
  given: string,
  address: string,
): Promise<string> {
  const { database, rateLimiter, configuration } = services;
  const email = await findAddress(database, given);
  checkEmail(new InputCheck(), 'input.email', email).done();
  await limit(rateLimiter, configuration.resetLimit, networkOf(address), 'requests from your address');
  await limit(rateLimiter, configuration.mailLimit, `reset ${email}`, 'requests for this email');
  await Promise.all([sendToken(services, email), delay(configuration.resetAnswerMs)]);
  return email;
}

async function sendToken(
  { database, outbox, clock, sealer, configuration }: Services,
  email: string,
): Promise<void> {
  const account = await database.client.account.findUnique({ where: { email } });
  if (!account || account.deactivatedAt) return;
  await database.transaction(async (client, sql) => {
    const expiresAt = new Date(clock.now().getTime() + configuration.passwordResetMs);
    const token = await insertMailToken(client, 'PASSWORD_RESET', account.id, expiresAt);
    await outbox.appendAll(sql, [
      outboxEvent(UserPasswordResetRequested, {
        aggregateId: account.id,
        data: {
          ...addressee(account),
          sealedToken: sealer.seal('password-reset', token),
          expiresAt: expiresAt.toISOString(),
        },
      }),
    ]);
  });
}
