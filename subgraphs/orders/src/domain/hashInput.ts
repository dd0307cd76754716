import { createHash } from 'node:crypto';

/** A digest of what was asked, the same for the same input whatever the order of its fields. */
export function hashInput(input: unknown): string {
  return createHash('sha256').update(JSON.stringify(input, sortKeys)).digest('base64url');
}

function sortKeys(_key: string, value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
}
