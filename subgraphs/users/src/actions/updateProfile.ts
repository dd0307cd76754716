import { InputCheck, normalText, type UserIdentity } from '@foyer/platform';
import { canonicalLanguage, checkLanguage, checkName, checkPhone } from '../domain/checkProfile.js';
import type { Services } from '../services.js';
import { lockAccount } from '../store/accounts.js';
import { userUpdated } from './userEvents.js';

/** What somebody changes of the own profile; what is undefined stays. */
export interface ProfileInput {
  readonly name?: string | null | undefined;
  readonly phone?: string | null | undefined;
  readonly language?: string | null | undefined;
}

/** Changes one's own name, phone or language. @throws Refused `InvalidInput`. */
export async function updateProfile(
  { database, outbox }: Services,
  { userId }: Pick<UserIdentity, 'userId'>,
  input: ProfileInput,
): Promise<void> {
  const change = readProfile(input);
  if (Object.keys(change).length === 0) return;
  await database.transaction(async (client, sql) => {
    await lockAccount(client, sql, userId);
    const account = await client.account.update({ where: { id: userId }, data: change });
    await outbox.appendAll(sql, [userUpdated(account)]);
  });
}

function readProfile({ name, phone, language }: ProfileInput): {
  readonly name?: string;
  readonly phone?: string | null;
  readonly language?: string;
} {
  const check = new InputCheck();
  const number = phone?.trim() || null;
  if (name === null)
    check.require(false, 'input.name', 'REQUIRED', 'Write a name, or leave it out to keep it.');
  else if (name !== undefined) checkName(check, 'input.name', normalText(name));
  if (number !== null) checkPhone(check, 'input.phone', number);
  if (language === null)
    check.require(false, 'input.language', 'REQUIRED', 'Name a language, or leave it out to keep it.');
  else if (language !== undefined) checkLanguage(check, 'input.language', language);
  check.done();
  return {
    ...(typeof name === 'string' && { name: normalText(name) }),
    ...(phone !== undefined && { phone: number }),
    ...(typeof language === 'string' && { language: canonicalLanguage(language) ?? language }),
  };
}
