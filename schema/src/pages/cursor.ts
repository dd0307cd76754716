import { isId, isStorable } from '@foyer/platform/domain';

/** Where an element stands in an order: by sort key, then by id. */
export interface Position {
  readonly key: string | number;
  readonly id: string;
}

/** What an order's sort keys are, as the database compares them: nothing beside the id, an instant, a text, a number. */
export type KeyKind = 'ID' | 'INSTANT' | 'TEXT' | 'INT' | 'BIGINT' | 'FLOAT';

/**
 * Writes a position as a cursor, which is opaque to clients.
 * @param order name of the order; a cursor is good for its own order only.
 */
export function encodeCursor(order: string, { key, id }: Position): string {
  return Buffer.from(JSON.stringify([order, key, id])).toString('base64url');
}

/**
 * Reads a cursor. Anybody can write one: what comes out is compared with by a database, so it is of the kind that the
 * database compares with, and its id is an id.
 * @returns null when the text is no cursor of this order.
 */
export function decodeCursor(order: string, kind: KeyKind, cursor: string): Position | null {
  if (cursor.length > LONGEST) return null;
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (!Array.isArray(parts) || parts.length !== 3) return null;
    const [name, key, id] = parts as unknown[];
    if (name !== order || typeof id !== 'string' || !isId(id)) return null;
    return (typeof key === 'string' || typeof key === 'number') && IS_KEY[kind](key)
      ? { key, id: id.toLowerCase() }
      : null;
  } catch {
    return null;
  }
}

const LONGEST = 4000;
const INSTANT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(?:\.\d{1,6})?Z$/;

const IS_KEY: Readonly<Record<KeyKind, (key: string | number) => boolean>> = {
  ID: () => true,
  INSTANT: (key) =>
    typeof key === 'string' &&
    INSTANT.test(key) &&
    !key.startsWith('0000') &&
    !Number.isNaN(Date.parse(key)) &&
    new Date(key).toISOString().startsWith(key.slice(0, 10)),
  TEXT: (key) => typeof key === 'string' && isStorable(key),
  INT: (key) => typeof key === 'number' && Number.isInteger(key) && Math.abs(key) < 2 ** 31,
  BIGINT: Number.isSafeInteger,
  FLOAT: Number.isFinite,
};
