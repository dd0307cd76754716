import type { InputCheck } from '@foyer/platform/domain';
import { isCommonPassword } from './isCommonPassword.js';

const MINIMUM = 8;
const MAXIMUM = 100;

/** How many of an account's passwords, the present one included, can't be taken again. */
export const REMEMBERED_PASSWORDS = 5;

/** A password as it is hashed: compatibility forms made one (NFKC), so that every keyboard types the same. */
export function normalizePassword(password: string): string {
  return password.normalize('NFKC');
}

/** Notes every rule that a new password breaks. Lengths in Unicode code points. @param password normalized. */
export function checkPassword(check: InputCheck, path: string, password: string): InputCheck {
  const length = [...password].length;
  check.require(length >= MINIMUM, path, 'TOO_SHORT', `Use at least ${MINIMUM} characters.`);
  check.require(length <= MAXIMUM, path, 'TOO_LONG', `Use at most ${MAXIMUM} characters.`);
  if (length > MAXIMUM) return check;
  check.require(/\p{Lu}/u.test(password), path, 'NO_UPPER_CASE', 'Use a capital letter.');
  check.require(/\p{Ll}/u.test(password), path, 'NO_LOWER_CASE', 'Use a small letter.');
  check.require(/\p{Nd}/u.test(password), path, 'NO_DIGIT', 'Use a digit.');
  check.require(/[^\p{L}\p{N}\s]/u.test(password), path, 'NO_SIGN', 'Use a sign such as ! or -.');
  return check.require(
    !isCommonPassword(password),
    path,
    'COMMON',
    'This is among the first that others try; choose another.',
  );
}
