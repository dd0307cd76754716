import type { Schema } from './contractRecord.js';
import { compareBranches } from './compareBranches.js';
import type { SchemaChange } from './schemaChange.js';
import { compareObjects } from './compareObjects.js';
import { compareValues } from './compareValues.js';

/** Says nothing about which values are valid. */
const ANNOTATIONS = ['title', 'description', '$comment', 'examples', 'default', 'deprecated'];

/** Judged elsewhere in this folder. */
const KNOWN = new Set([
  ...ANNOTATIONS,
  ...['type', 'const', 'enum', 'anyOf', 'properties', 'required', 'additionalProperties', 'items'],
  ...['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'],
  ...['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'],
  ...['pattern', 'format', 'multipleOf', 'uniqueItems'],
]);

/**
 * The changes from one schema to another that break somebody. None means: whatever was valid still is, and whatever is
 * valid now was valid before, save for fields that may be there in addition.
 *
 * A keyword that is not known here breaks both when it changes: what can't be judged is not let pass.
 */
export function compareSchemas(before: Schema, after: Schema, path = ''): readonly SchemaChange[] {
  if ('anyOf' in before || 'anyOf' in after) return compareBranches(before, after, path);
  const changes = [...compareValues(before, after, path), ...compareObjects(before, after, path)];
  if (isSchema(before['items']) && isSchema(after['items'])) {
    changes.push(...compareSchemas(before['items'], after['items'], `${path}/[]`));
  } else if (!isSame(before['items'], after['items'])) {
    changes.push({ path, what: 'says otherwise what its items are', breaks: ['stored', 'readers'] });
  }
  for (const keyword of new Set([...Object.keys(before), ...Object.keys(after)])) {
    if (!KNOWN.has(keyword) && !isSame(before[keyword], after[keyword])) {
      changes.push({ path, what: `"${keyword}" changed`, breaks: ['stored', 'readers'] });
    }
  }
  return changes;
}

/** Whether it is a schema of its own, and not absent or a boolean. */
export function isSchema(value: unknown): value is Schema {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether two JSON values are the same, order of keys included. */
export function isSame(one: unknown, other: unknown): boolean {
  return JSON.stringify(one) === JSON.stringify(other);
}
