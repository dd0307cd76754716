import { newId, type Role, type SqlTransaction } from '@foyer/platform';
import type { Prisma } from '@foyer/prisma/users';
import type { UsersTransaction } from './openUsersDatabase.js';

/** An account as it is stored. */
export type Account = Prisma.AccountGetPayload<object>;

/** An account to be made; everything in it has been checked. */
export interface NewAccount {
  /** Normalized. */
  readonly email: string;
  readonly name: string;
  readonly phone: string | null;
  readonly language: string;
  readonly passwordHash: string;
  readonly role: Exclude<Role, 'GUEST'>;
  readonly verified: boolean;
}

/** Makes an account. @returns null when the email has one already. */
export async function insertAccount(
  sql: SqlTransaction,
  account: NewAccount,
  now: Date,
): Promise<string | null> {
  const rows = await sql.query<{ id: string }>(
    `insert into account
       (id, email, name, phone, language, role, password_hash, password_changed_at, email_verified_at, created_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $8)
     on conflict (email) do nothing
     returning id`,
    [
      newId(),
      account.email,
      account.name,
      account.phone,
      account.language,
      account.role,
      account.passwordHash,
      now,
      account.verified ? now : null,
    ],
  );
  return rows[0]?.id ?? null;
}

/**
 * Locks an account and reads it as it then is.
 * @param strength `change` before changing it or ending its sessions, `share` to have it stay as it is.
 * @returns null when there is none.
 */
export async function lockAccount(
  client: UsersTransaction,
  sql: SqlTransaction,
  id: string,
  strength: 'change' | 'share' = 'change',
): Promise<Account | null> {
  await sql.query(
    `select from account where id = $1 for ${strength === 'change' ? 'no key update' : 'share'}`,
    [id],
  );
  return client.account.findUnique({ where: { id } });
}
