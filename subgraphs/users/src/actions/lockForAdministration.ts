import { notFound, type SqlTransaction } from '@foyer/platform';
import { lastAdministrator } from '../domain/refusals.js';
import { lockAccount, type Account } from '../store/accounts.js';
import type { UsersTransaction } from '../store/openUsersDatabase.js';

/** Serialises what could leave the installation without an administrator. */
const ADMINISTRATORS = `select pg_advisory_xact_lock(hashtextextended('users:administrators', 0))`;

/**
 * Locks an account for what staff do to it, one after the other throughout the installation.
 * @throws Refused `NotFound`.
 */
export async function lockForAdministration(
  client: UsersTransaction,
  sql: SqlTransaction,
  userId: string,
): Promise<Account> {
  await sql.query(ADMINISTRATORS);
  const account = await lockAccount(client, sql, userId);
  if (!account) throw notFound('account', userId);
  return account;
}

/**
 * Before an account, locked by `lockForAdministration`, stops being an administrator's.
 * @throws Refused `LastOneStays` when it is the only one in use.
 */
export async function keepAnAdministrator(
  client: UsersTransaction,
  { id, role, deactivatedAt }: Account,
): Promise<void> {
  if (role !== 'ADMIN' || deactivatedAt) return;
  const others = await client.account.count({ where: { role: 'ADMIN', deactivatedAt: null, NOT: { id } } });
  if (others === 0) throw lastAdministrator();
}
