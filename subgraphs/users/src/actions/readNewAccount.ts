import { InputCheck, normalEmailAddress, normalText } from '@foyer/platform';
import { checkPassword, normalizePassword } from '../domain/checkPassword.js';
import {
  canonicalLanguage,
  checkEmail,
  checkLanguage,
  checkName,
  checkPhone,
} from '../domain/checkProfile.js';

/** An account to make, as it was asked for. */
export interface NewAccountInput {
  readonly email: string;
  readonly password: string;
  readonly name: string;
  readonly phone?: string | null | undefined;
  readonly language?: string | null | undefined;
}

/** Reads an account to make. @throws Refused `InvalidInput` with every wrong field. */
export function readNewAccount(input: NewAccountInput): {
  readonly email: string;
  readonly name: string;
  readonly phone: string | null;
  readonly language: string;
} {
  const email = normalEmailAddress(input.email);
  const name = normalText(input.name);
  const phone = input.phone?.trim() || null;
  const language = input.language ?? 'en';
  const check = new InputCheck();
  checkEmail(check, 'input.email', email);
  checkPassword(check, 'input.password', normalizePassword(input.password));
  checkName(check, 'input.name', name);
  if (phone !== null) checkPhone(check, 'input.phone', phone);
  checkLanguage(check, 'input.language', language);
  check.done();
  return { email, name, phone, language: canonicalLanguage(language) ?? language };
}
