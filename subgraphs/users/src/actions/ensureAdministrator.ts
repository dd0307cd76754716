import { ConfigurationError, Refused } from '@foyer/platform';
import { normalizeEmail } from '../domain/normalizeEmail.js';
import type { StoreServices } from '../services.js';
import { endSessions } from '../store/sessions.js';
import { createAccount } from './createAccount.js';

/**
 * Makes the installation's first administrator from FOYER_ADMIN_EMAIL and FOYER_ADMIN_PASSWORD, unless there is one or
 * these are not set. An account that has this email already is taken over: it gets role and password, and its sessions
 * end, for anybody may have registered it.
 * @throws ConfigurationError when email or password break the rules.
 */
export async function ensureAdministrator(services: StoreServices): Promise<void> {
  const { database, outbox, clock, passwords, configuration } = services;
  const wanted = configuration.firstAdministrator;
  if (!wanted) return;
  const present = await database.client.account.count({ where: { role: 'ADMIN', deactivatedAt: null } });
  if (present > 0) return;
  const email = normalizeEmail(wanted.email);
  const registered = await database.client.account.findUnique({ where: { email } });
  if (registered) {
    const passwordHash = await passwords.hash(wanted.password);
    await database.transaction(async (client, sql) => {
      const now = clock.now();
      const data = {
        role: 'ADMIN',
        passwordHash,
        passwordChangedAt: now,
        emailVerifiedAt: now,
        deactivatedAt: null,
      };
      await client.account.update({ where: { id: registered.id }, data });
      await client.device.deleteMany({ where: { accountId: registered.id } });
      await outbox.appendAll(sql, await endSessions(sql, { accountId: registered.id }, 'ROLE_CHANGED', now));
    });
    return;
  }
  try {
    await createAccount(services, { ...wanted, name: 'Administrator', role: 'ADMIN' });
  } catch (error) {
    if (!(error instanceof Refused)) throw error;
    // Two processes may start together.
    if (error.refusal.code === 'NOT_IN_STATE') return;
    throw new ConfigurationError(`FOYER_ADMIN_EMAIL, FOYER_ADMIN_PASSWORD: ${error.message}`);
  }
}
