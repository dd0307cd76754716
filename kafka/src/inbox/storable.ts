/**
 * A text as Postgres takes it, in a column and in JSON: without NUL, and without halves of characters. A message that
 * can't be parked would hold up its partition for ever.
 */
export function storable(text: string): string {
  return Buffer.from(text).toString().replaceAll('\0', '');
}
