import { notInState } from '@foyer/platform';
import type { Services } from '../services.js';
import { limit } from './limit.js';
import { verificationRequested } from './userEvents.js';

/**
 * Has the mail with the verification token sent again.
 * @returns the address.
 * @throws Refused `NotInState` when it is verified, `RateLimited`.
 */
export async function requestEmailVerification(services: Services, userId: string): Promise<string> {
  const { database, outbox, rateLimiter, configuration } = services;
  const account = await database.client.account.findUniqueOrThrow({ where: { id: userId } });
  if (account.emailVerifiedAt) throw notInState('Your email is verified already.', 'VERIFIED');
  await limit(rateLimiter, configuration.mailLimit, `verification ${userId}`, 'mails');
  await database.transaction(async (client, sql) => {
    await outbox.appendAll(sql, [await verificationRequested(services, client, account)]);
  });
  return account.email;
}
