import { isEmailAddress, MAXIMUM_EMAIL, type InputCheck } from '@foyer/platform/domain';

/** The longest name of a person, organization or device, in characters. */
export const MAXIMUM_NAME = 100;

const E164 = /^\+[1-9]\d{6,14}$/;

/** Notes what is wrong with an address. @param email normalized. */
export function checkEmail(check: InputCheck, path: string, email: string): InputCheck {
  if ([...email].length > MAXIMUM_EMAIL) {
    return check.require(false, path, 'TOO_LONG', `Use at most ${MAXIMUM_EMAIL} characters.`);
  }
  return check.require(
    isEmailAddress(email),
    path,
    'NOT_AN_EMAIL',
    'Write an email address such as lan@example.com.',
  );
}

/** Notes what is wrong with a name: it is one line, and goes into headers of mails. */
export function checkName(check: InputCheck, path: string, name: string): InputCheck {
  return check.line(name, path, MAXIMUM_NAME);
}

/** Notes what is wrong with a phone number (E.164). */
export function checkPhone(check: InputCheck, path: string, phone: string): InputCheck {
  return check.require(
    E164.test(phone),
    path,
    'NOT_A_PHONE_NUMBER',
    'Write it with country code and without spaces: +84901234567.',
  );
}

/** Notes what is wrong with a language tag (BCP 47). */
export function checkLanguage(check: InputCheck, path: string, language: string): InputCheck {
  return check.require(
    canonicalLanguage(language) !== null,
    path,
    'NOT_A_LANGUAGE',
    'Write a language tag: en, vi, pt-BR.',
  );
}

/** A language tag in its canonical form; null for what is none. */
export function canonicalLanguage(language: string): string | null {
  if (language.length > 35) return null;
  try {
    return Intl.getCanonicalLocales(language)[0] ?? null;
  } catch {
    return null;
  }
}
