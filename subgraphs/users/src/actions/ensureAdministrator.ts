import { ConfigurationError, InputCheck, normalEmailAddress, Refused } from '@foyer/platform';
import { checkPassword, normalizePassword } from '../domain/checkPassword.js';
import type { StoreServices } from '../services.js';
import { lockAccount } from '../store/accounts.js';
import { endSessions } from '../store/sessions.js';
import { createAccount } from './createAccount.js';
import { userUpdated } from './userEvents.js';

/**
 * Makes the installation's first administrator from FOYER_ADMIN_EMAIL and FOYER_ADMIN_PASSWORD, unless there is one or
 * these are not set. An account that has this email already is taken over: it gets role and password, and its sessions
 * end, for anybody may have registered it.
 * @throws ConfigurationError when email or password break the rules.
 */
export async function ensureAdministrator(services: StoreServices): Promise<void> {
  const { database, configuration } = services;
  const wanted = configuration.firstAdministrator;
  if (!wanted) return;
  const present = await database.client.account.count({ where: { role: 'ADMIN', deactivatedAt: null } });
  if (present > 0) return;
  const registered = await database.client.account.findUnique({
    where: { email: normalEmailAddress(wanted.email) },
  });
  try {
    if (registered) await takeOver(services, registered.id, wanted.password);
    else await createAccount(services, { ...wanted, name: 'Administrator', role: 'ADMIN' });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Another process was faster.
    if (error.refusal.code === 'NOT_IN_STATE') return;
    throw new ConfigurationError(`FOYER_ADMIN_EMAIL, FOYER_ADMIN_PASSWORD: ${error.message}`);
  }
}

async function takeOver(
  { database, outbox, clock, passwords }: StoreServices,
  id: string,
  password: string,
): Promise<void> {
  checkPassword(new InputCheck(), 'password', normalizePassword(password)).done();
  const passwordHash = await passwords.hash(password);
  await database.transaction(async (client, sql) => {
    const now = clock.now();
    await lockAccount(client, sql, id);
    const account = await client.account.update({
      where: { id },
      data: {
        role: 'ADMIN',
        passwordHash,
        passwordChangedAt: now,
        emailVerifiedAt: now,
        deactivatedAt: null,
      },
    });
    await client.device.deleteMany({ where: { accountId: id } });
    const ended = await endSessions(sql, { accountId: id }, 'ROLE_CHANGED', now);
    await outbox.appendAll(sql, [userUpdated(account), ...ended]);
  });
}
