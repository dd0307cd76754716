import { dictionary } from '@zxcvbn-ts/language-common';

/** Some 49,000 passwords from leaks, lower-cased, most used first (zxcvbn-ts). */
const COMMON: ReadonlySet<string> = new Set(dictionary['passwords-common']);

/** Shorter words are part of too many good passwords. */
const SHORTEST = 6;

/** Signs and digits that people write for letters. */
const LETTER_FOR: Readonly<Record<string, string>> = {
  '@': 'a',
  '4': 'a',
  '3': 'e',
  '1': 'i',
  '!': 'i',
  '0': 'o',
  $: 's',
  '5': 's',
  '7': 't',
};

/**
 * Whether a password is among those that are tried first: on the list as it stands, in any case, with letters written
 * as digits, or with up to four digits and signs put behind it only to satisfy the rules (`Password123!`).
 */
export function isCommonPassword(password: string): boolean {
  const lower = password.toLowerCase();
  const forms = [lower, ...endingsCut(lower)];
  return forms
    .flatMap((form) => [form, plain(form)])
    .some((form) => form.length >= SHORTEST && COMMON.has(form));
}

/** The text without its last one to four characters, as long as these are digits and signs. */
function endingsCut(text: string): readonly string[] {
  const [ending = ''] = /[^\p{L}]{0,4}$/u.exec(text) ?? [];
  return Array.from({ length: ending.length }, (_, index) => text.slice(0, text.length - index - 1));
}

function plain(text: string): string {
  return [...text].map((character) => LETTER_FOR[character] ?? character).join('');
}
