import type { SqlTransaction } from '@foyer/platform';
import type { Prisma } from '@foyer/prisma/users';
import { hashSecret, newSecret } from '../tokens/opaqueToken.js';
import type { UsersTransaction } from './openUsersDatabase.js';

/** A token as it is stored. */
export type MailToken = Prisma.MailTokenGetPayload<object>;

/** What a token from a mail is good for. */
export type MailTokenPurpose = 'EMAIL_VERIFICATION' | 'PASSWORD_RESET' | 'EMAIL_CHANGE';

/**
 * Makes a token for one purpose.
 * @param email the address that it proves, for `EMAIL_CHANGE`.
 * @returns the secret, which is stored nowhere.
 */
export async function insertMailToken(
  client: UsersTransaction,
  purpose: MailTokenPurpose,
  accountId: string,
  expiresAt: Date,
  email: string | null = null,
): Promise<string> {
  const secret = newSecret();
  await client.mailToken.create({ data: { hash: hashSecret(secret), purpose, accountId, expiresAt, email } });
  return secret;
}

/** The token of this purpose, used or not; null when unknown or expired. */
export async function findMailToken(
  client: UsersTransaction,
  purpose: MailTokenPurpose,
  secret: string,
  now: Date,
): Promise<MailToken | null> {
  return client.mailToken.findFirst({ where: { hash: hashSecret(secret), purpose, expiresAt: { gt: now } } });
}

/**
 * Uses a token; all others of the account and purpose are used up with it.
 * @returns false when somebody was faster.
 */
export async function useMailToken(sql: SqlTransaction, token: MailToken, now: Date): Promise<boolean> {
  const used = await sql.query(
    'update mail_token set used_at = $2 where hash = $1 and used_at is null returning hash',
    [token.hash, now],
  );
  if (used.length === 0) return false;
  await sql.query(
    'update mail_token set used_at = $3 where account_id = $1 and purpose = $2 and used_at is null',
    [token.accountId, token.purpose, now],
  );
  return true;
}

/** Makes every token of an account useless that was not used. */
export async function voidMailTokens(sql: SqlTransaction, accountId: string, now: Date): Promise<void> {
  await sql.query('update mail_token set used_at = $2 where account_id = $1 and used_at is null', [
    accountId,
    now,
  ]);
}
