/** The longest email address, in characters. */
export const MAXIMUM_EMAIL = 255;

/** An address as it is stored and compared: trimmed, lower-cased, composed (NFC). */
export function normalizeEmail(text: string): string {
  return text.normalize('NFC').trim().toLowerCase();
}

/** One local part and a dotted domain, of characters that need no quoting in a mail's header. */
const FORM = /^[^\s\p{C}@"'<>()[\]\\,;:]+@[^\s\p{C}@"'<>()[\]\\,;:.]+(\.[^\s\p{C}@"'<>()[\]\\,;:.]+)+$/u;

/** Whether a normalized text can be the address of an account. Whether mail reaches it, only a mail can tell. */
export function isEmail(email: string): boolean {
  return [...email].length <= MAXIMUM_EMAIL && FORM.test(email);
}
