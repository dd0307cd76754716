import { notFound, notPermitted, type Role, type SqlTransaction, type UserIdentity } from '@foyer/platform';
import { lastAdministrator } from '../domain/refusals.js';
import type { Services } from '../services.js';
import { lockAccount, type Account } from '../store/accounts.js';
import type { UsersTransaction } from '../store/openUsersDatabase.js';
import { endSessions } from '../store/sessions.js';
import { userUpdated } from './userEvents.js';

/** Serialises what could leave the installation without an administrator. */
const ADMINISTRATORS = `select pg_advisory_xact_lock(hashtextextended('users:administrators', 0))`;

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
    if (account.role === 'ADMIN') await keepAnAdministrator(client, account);
    await client.account.update({ where: { id: userId }, data: { role } });
    await outbox.appendAll(sql, await endSessions(sql, { accountId: userId }, 'ROLE_CHANGED', clock.now()));
  });
}

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
    if (account.role === 'ADMIN') await keepAnAdministrator(client, account);
    const now = clock.now();
    const shut = await client.account.update({ where: { id: userId }, data: { deactivatedAt: now } });
    const ended = await endSessions(sql, { accountId: userId }, 'DEACTIVATED', now);
    await outbox.appendAll(sql, [userUpdated(shut), ...ended]);
  });
}

/** Opens a deactivated account again. @throws Refused `NotFound`. */
export async function reactivateUser({ database, outbox }: Services, userId: string): Promise<void> {
  await database.transaction(async (client, sql) => {
    const account = await lockForAdministration(client, sql, userId);
    if (!account.deactivatedAt) return;
    const open = await client.account.update({ where: { id: userId }, data: { deactivatedAt: null } });
    await outbox.appendAll(sql, [userUpdated(open)]);
  });
}

async function lockForAdministration(
  client: UsersTransaction,
  sql: SqlTransaction,
  userId: string,
): Promise<Account> {
  await sql.query(ADMINISTRATORS);
  const account = await lockAccount(client, sql, userId);
  if (!account) throw notFound('account', userId);
  return account;
}

async function keepAnAdministrator(client: UsersTransaction, { id, deactivatedAt }: Account): Promise<void> {
  if (deactivatedAt) return;
  const others = await client.account.count({ where: { role: 'ADMIN', deactivatedAt: null, NOT: { id } } });
  if (others === 0) throw lastAdministrator();
}
