import { notPermitted, type UserIdentity } from '@foyer/platform';
import type { Services } from '../services.js';
import { endSessions } from '../store/sessions.js';
import { keepAnAdministrator, lockForAdministration } from './lockForAdministration.js';
import { userUpdated } from './userEvents.js';

/**
 * Shuts an account and ends its sessions.
 * @throws Refused `NotFound`, `NotPermitted` for one's own, `LastOneStays`.
 */
export async function deactivateUser(services: Services, actor: UserIdentity, userId: string): Promise<void> {
  const { database, outbox, clock } = services;
  if (actor.userId === userId) throw notPermitted('Have another administrator deactivate your account.');
  await database.transaction(async (client, sql) => {
    const account = await lockForAdministration(client, sql, userId);
    if (account.deactivatedAt) return;
    await keepAnAdministrator(client, account);
    const now = clock.now();
    const shut = await client.account.update({ where: { id: userId }, data: { deactivatedAt: now } });
    const ended = await endSessions(sql, { accountId: userId }, 'DEACTIVATED', now);
    await outbox.appendAll(sql, [userUpdated(shut), ...ended]);
  });
}
