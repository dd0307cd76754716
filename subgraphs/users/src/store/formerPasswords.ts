import { newId, type SqlTransaction } from '@foyer/platform';
import { REMEMBERED_PASSWORDS } from '../domain/checkPassword.js';
import type { Account } from './accounts.js';
import type { UsersDatabase, UsersTransaction } from './openUsersDatabase.js';

/** Hashes of the passwords that an account can't take again, the present one first. */
export async function rememberedPasswords(
  database: UsersDatabase,
  account: Account,
): Promise<readonly string[]> {
  const former = await database.client.formerPassword.findMany({
    where: { accountId: account.id },
    orderBy: { id: 'desc' },
    take: REMEMBERED_PASSWORDS - 1,
  });
  return [account.passwordHash, ...former.map(({ hash }) => hash)];
}

/** Gives a locked account a new password and remembers the one before. */
export async function replacePassword(
  client: UsersTransaction,
  sql: SqlTransaction,
  account: Account,
  passwordHash: string,
  now: Date,
): Promise<void> {
  await client.formerPassword.create({
    data: { id: newId(), accountId: account.id, hash: account.passwordHash, replacedAt: now },
  });
  await sql.query(
    `delete from former_password where id in (
       select id from former_password where account_id = $1 order by id desc offset ${REMEMBERED_PASSWORDS - 1})`,
    [account.id],
  );
  await client.account.update({ where: { id: account.id }, data: { passwordHash, passwordChangedAt: now } });
}
