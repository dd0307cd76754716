/** Whether a text is text, and a database can keep it: no NUL, and no half of a surrogate pair. */
export function isStorable(text: string): boolean {
  return !/[\0\p{Cs}]/u.test(text);
}

/**
 * A text from outside as a database can keep it, where it must be kept whatever it is: NUL and halves of characters are
 * replaced by U+FFFD, so that it is never taken for the text without them.
 */
export function storableText(text: string): string {
  return text.replace(/[\0\p{Cs}]/gu, '\ufffd');
}

/** How deep a JSON value may be nested: Postgres gives up far below what JSON.parse reads. */
const DEEPEST = 60;

/** A JSON value from outside as a database can keep it: its texts and names as `storableText`, what lies too deep cut. */
export function storableJson<Value>(value: Value, depth = 0): Value {
  if (typeof value === 'string') return storableText(value) as Value;
  if (typeof value !== 'object' || value === null || value instanceof Date) return value;
  if (depth === DEEPEST) return '…' as Value;
  if (Array.isArray(value)) return value.map((item: unknown) => storableJson(item, depth + 1)) as Value;
  return Object.fromEntries(
    Object.entries(value).map(([name, item]) => [storableText(name), storableJson<unknown>(item, depth + 1)]),
  ) as Value;
}

/** A text as it is stored and compared: trimmed, composed (NFC), so that what looks the same is the same. */
export function normalText(text: string): string {
  return text.normalize('NFC').trim();
}

/**
 * Signs that no single line has: control characters, line and paragraph separators, halves of characters, and the
 * direction marks that make a text be read otherwise than it is written (Unicode TR 36 §2.5).
 */
const NOT_IN_A_LINE = /[\p{Cc}\p{Cs}\p{Zl}\p{Zp}\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/u;

/** Whether a text is one line that reads as it is written: what may stand in a mail's header. */
export function isLine(text: string): boolean {
  return !NOT_IN_A_LINE.test(text);
}

/** A text from anywhere as one line: every run of signs that no line has is one space. For what is stored already. */
export function asLine(text: string): string {
  return text.replace(new RegExp(`${NOT_IN_A_LINE.source}+`, 'gu'), ' ').trim();
}
