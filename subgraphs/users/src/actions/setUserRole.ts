import type { Role } from '@foyer/platform';
import type { Services } from '../services.js';
import { endSessions } from '../store/sessions.js';
import { keepAnAdministrator, lockForAdministration } from './lockForAdministration.js';

/**
 * Gives an account another platform role and ends its sessions, whose tokens name the old one.
 * @throws Refused `NotFound`, `LastOneStays`.
 */
export async function setUserRole(
  services: Services,
  userId: string,
  role: Exclude<Role, 'GUEST'>,
): Promise<void> {
  const { database, outbox, clock } = services;
  await database.transaction(async (client, sql) => {
    const account = await lockForAdministration(client, sql, userId);
    if (account.role === role) return;
    await keepAnAdministrator(client, account);
    await client.account.update({ where: { id: userId }, data: { role } });
    await outbox.appendAll(sql, await endSessions(sql, { accountId: userId }, 'ROLE_CHANGED', clock.now()));
  });
}
