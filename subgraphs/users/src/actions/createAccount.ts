import { outboxEvent, UserRegistered } from '@foyer/kafka';
import { invariant, notInState, type Role } from '@foyer/platform';
import type { StoreServices } from '../services.js';
import { insertAccount } from '../store/accounts.js';
import { readNewAccount, type NewAccountInput } from './readNewAccount.js';
import { addressee, userUpdated, verificationRequested } from './userEvents.js';

/** An account to make without asking its owner. */
export interface CreateAccountInput extends NewAccountInput {
  /** Default USER. */
  readonly role?: Exclude<Role, 'GUEST'>;
  /** Whether the email counts as proven. Default true; otherwise its owner is asked by mail. */
  readonly verified?: boolean;
}

/**
 * Makes an account from within: by the same rules and with the same events as registering.
 * @returns its id.
 * @throws Refused `InvalidInput`; `NotInState` when the email has an account.
 */
export async function createAccount(services: StoreServices, input: CreateAccountInput): Promise<string> {
  const { database, outbox, clock, passwords } = services;
  const { role = 'USER', verified = true, password } = input;
  const account = readNewAccount(input);
  const passwordHash = await passwords.hash(password);
  return database.transaction(async (client, sql) => {
    const id = await insertAccount(sql, { ...account, passwordHash, role, verified }, clock.now());
    if (id === null) throw notInState(`There is an account with the email ${account.email}.`, 'REGISTERED');
    const made = await client.account.findUnique({ where: { id } });
    invariant(made, 'an account just made is there');
    await outbox.appendAll(sql, [
      outboxEvent(UserRegistered, { aggregateId: id, data: { ...addressee(made), language: made.language } }),
      verified ? userUpdated(made) : await verificationRequested(services, client, made),
    ]);
    return id;
  });
}
