import { InputCheck, invalidInput } from '@foyer/platform';
import { checkPassword, normalizePassword, REMEMBERED_PASSWORDS } from '../domain/checkPassword.js';
import type { Services } from '../services.js';
import type { Account } from '../store/accounts.js';
import { rememberedPasswords } from '../store/formerPasswords.js';

/**
 * Judges and hashes a new password for an account.
 * @returns its hash.
 * @throws Refused `InvalidInput` when it breaks a rule or is one of the last five.
 */
export async function readNewPassword(
  { database, passwords }: Services,
  account: Account,
  path: string,
  password: string,
): Promise<string> {
  const check = new InputCheck();
  checkPassword(check, path, normalizePassword(password));
  check.done();
  for (const hash of await rememberedPasswords(database, account)) {
    if (await passwords.verify(hash, password)) {
      const message = `This is one of your last ${REMEMBERED_PASSWORDS} passwords; choose another.`;
      throw invalidInput([{ path, rule: 'USED_BEFORE', message }]);
    }
  }
  return passwords.hash(password);
}
