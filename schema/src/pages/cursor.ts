/** Where an element stands in an order: by sort key, then by id. */
export interface Position {
  readonly key: string | number;
  readonly id: string;
}

/**
 * Writes a position as a cursor, which is opaque to clients.
 * @param order name of the order; a cursor is good for its own order only.
 */
export function encodeCursor(order: string, { key, id }: Position): string {
  return Buffer.from(JSON.stringify([order, key, id])).toString('base64url');
}

/** @returns null when the text is no cursor of this order. */
export function decodeCursor(order: string, cursor: string): Position | null {
  try {
    const parts = JSON.parse(Buffer.from(cursor, 'base64url').toString()) as unknown;
    if (!Array.isArray(parts) || parts.length !== 3) return null;
    const [name, key, id] = parts as unknown[];
    const usable = typeof key === 'string' || (typeof key === 'number' && Number.isFinite(key));
    return name === order && usable && typeof id === 'string' ? { key, id } : null;
  } catch {
    return null;
  }
}
