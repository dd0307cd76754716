import { randomInt } from 'node:crypto';

/** Capital letters and digits without those that are mistaken for others: 0 and O, 1 and I, U and V. */
const ALPHABET = 'ABCDEFGHJKLMNPQRSTVWXYZ23456789';
const LENGTH = 8;

/** Whether a text has the form of such a code. */
export function isShortCode(plain: string): boolean {
  return plain.length === LENGTH && [...plain].every((character) => ALPHABET.includes(character));
}

/** A new code for people to read out: one of some 850 thousand million. The database keeps it unique. */
export function newOrderCode(): string {
  return Array.from({ length: LENGTH }, () => ALPHABET[randomInt(ALPHABET.length)]).join('');
}
