import type { Schema } from './contractRecord.js';
import { isSame } from './compareSchemas.js';
import type { Broken, SchemaChange } from './schemaChange.js';

const LOWER_BOUNDS = ['minimum', 'exclusiveMinimum', 'minLength', 'minItems', 'minProperties'];
const UPPER_BOUNDS = ['maximum', 'exclusiveMaximum', 'maxLength', 'maxItems', 'maxProperties'];
const RULES = ['pattern', 'format', 'multipleOf', 'uniqueItems'];

/** Compares type, allowed values, bounds and rules: what says of a value whether it is valid, apart from its parts. */
export function compareValues(before: Schema, after: Schema, path: string): SchemaChange[] {
  const changes: SchemaChange[] = [];
  const add = (what: string, ...breaks: Broken[]): unknown => changes.push({ path, what, breaks });

  const [type, newType] = [before['type'], after['type']];
  if (!isSame(type, newType)) {
    const said = `${show(type)} became ${show(newType)}`;
    if (newType === undefined || (type === 'integer' && newType === 'number')) add(said, 'readers');
    else if (type === undefined || (type === 'number' && newType === 'integer')) add(said, 'stored');
    else add(said, 'stored', 'readers');
  }

  const [values, newValues] = [valuesOf(before), valuesOf(after)];
  const gone = missing(values, newValues);
  const added = missing(newValues, values);
  if (values === null && newValues !== null) add(`only ${list(newValues)} are allowed now`, 'stored');
  else if (values !== null && newValues === null) add('any value is allowed now', 'readers');
  if (gone.length > 0) add(`${list(gone)} is no longer allowed`, 'stored');
  if (added.length > 0) add(`${list(added)} is allowed now, and unknown to its readers`, 'readers');

  for (const [bounds, isNarrower] of [
    [LOWER_BOUNDS, (one: number, other: number) => other > one],
    [UPPER_BOUNDS, (one: number, other: number) => other < one],
  ] as const) {
    for (const bound of bounds) {
      const [one, other] = [before[bound] as number | undefined, after[bound] as number | undefined];
      if (one === other) continue;
      const narrower = one === undefined || (other !== undefined && isNarrower(one, other));
      add(`${bound} changed from ${show(one)} to ${show(other)}`, narrower ? 'stored' : 'readers');
    }
  }

  for (const rule of RULES) {
    const [one, other] = [before[rule], after[rule]];
    if (isSame(one, other)) continue;
    const said = `${rule} changed from ${show(one)} to ${show(other)}`;
    if (one === undefined) add(said, 'stored');
    else if (other === undefined) add(said, 'readers');
    else add(said, 'stored', 'readers');
  }
  return changes;
}

/** The only values that are valid; null when they are not listed. */
function valuesOf(schema: Schema): readonly unknown[] | null {
  if ('const' in schema) return [schema['const']];
  return Array.isArray(schema['enum']) ? schema['enum'] : null;
}

function missing(of: readonly unknown[] | null, there: readonly unknown[] | null): readonly unknown[] {
  if (of === null || there === null) return [];
  return of.filter((each) => !there.some((other) => isSame(each, other)));
}

const list = (values: readonly unknown[]): string => values.map((each) => JSON.stringify(each)).join(', ');

const show = (value: unknown): string => (value === undefined ? 'none' : JSON.stringify(value));
