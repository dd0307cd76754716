import { outboxEvent, UserRegistered, UserRegistrationRepeated } from '@foyer/kafka';
import { networkOf } from '@foyer/platform';
import type { Services } from '../services.js';
import { insertAccount } from '../store/accounts.js';
import { limit } from './limit.js';
import { readNewAccount, type NewAccountInput } from './readNewAccount.js';
import { addressee, verificationRequested } from './userEvents.js';

/**
 * Makes an account and has its owner asked to verify the address. Where the address has an account already, its owner
 * is told instead; whoever asks sees no difference, and waits for one hash either way.
 * @returns the address as it was understood.
 * @throws Refused `InvalidInput`, `RateLimited`.
 */
export async function register(services: Services, input: NewAccountInput, address: string): Promise<string> {
  const { database, outbox, clock, passwords, configuration, rateLimiter } = services;
  const account = readNewAccount(input);
  await limit(
    rateLimiter,
    configuration.registerLimit,
    networkOf(address),
    'registrations from your address',
  );
  const passwordHash = await passwords.hash(input.password);
  await database.transaction(async (client, sql) => {
    const { email, name, language } = account;
    const id = await insertAccount(
      sql,
      { ...account, passwordHash, role: 'USER', verified: false },
      clock.now(),
    );
    if (id !== null) {
      await outbox.appendAll(sql, [
        outboxEvent(UserRegistered, {
          aggregateId: id,
          data: { ...addressee({ id, email, name }), language },
        }),
        await verificationRequested(services, client, { id, email, name }),
      ]);
      return;
    }
    const owner = await client.account.findUniqueOrThrow({ where: { email } });
    // Nobody shall be able to fill a stranger's mailbox.
    const mail = await rateLimiter.consume(configuration.mailLimit, `registration ${owner.id}`);
    if (mail.allowed)
      await outbox.append(sql, UserRegistrationRepeated, { aggregateId: owner.id, data: addressee(owner) });
  });
  return account.email;
}
