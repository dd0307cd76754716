import type { Schema } from './contractRecord.js';
import { compareSchemas, isSame, isSchema } from './compareSchemas.js';
import type { SchemaChange } from './schemaChange.js';

/** Compares the fields of objects, and whether there may be others. */
export function compareObjects(before: Schema, after: Schema, path: string): SchemaChange[] {
  const [fields, newFields] = [fieldsOf(before), fieldsOf(after)];
  const [required, newRequired] = [requiredOf(before), requiredOf(after)];
  const changes: SchemaChange[] = [];
  for (const [name, schema] of Object.entries(fields)) {
    const at = `${path}/${name}`;
    const now = newFields[name];
    if (now === undefined) {
      changes.push({ path: at, what: 'the field is gone', breaks: ['readers'] });
      continue;
    }
    changes.push(...compareSchemas(schema, now, at));
    if (!required.has(name) && newRequired.has(name)) {
      changes.push({ path: at, what: 'is required now, and missing in older events', breaks: ['stored'] });
    }
    if (required.has(name) && !newRequired.has(name)) {
      changes.push({ path: at, what: 'may be missing now', breaks: ['readers'] });
    }
  }
  for (const name of Object.keys(newFields).filter((each) => !(each in fields))) {
    const at = `${path}/${name}`;
    if (newRequired.has(name)) {
      const what = 'a new field is required, and missing in older events; make it optional';
      changes.push({ path: at, what, breaks: ['stored'] });
    }
    if (before['additionalProperties'] === false) {
      changes.push({ path: at, what: 'its readers allow no further field here', breaks: ['readers'] });
    }
  }
  return [...changes, ...compareOthers(before, after, path)];
}

/** Compares what is said of fields that are not listed. */
function compareOthers(before: Schema, after: Schema, path: string): readonly SchemaChange[] {
  const [one = true, other = true] = [before['additionalProperties'], after['additionalProperties']];
  if (isSame(one, other)) return [];
  if (isSchema(one) && isSchema(other)) return compareSchemas(one, other, `${path}/*`);
  const what = `"additionalProperties" changed from ${JSON.stringify(one)} to ${JSON.stringify(other)}`;
  if (one === true || other === false) return [{ path, what, breaks: ['stored'] }];
  return [{ path, what, breaks: ['readers'] }];
}

function fieldsOf(schema: Schema): Readonly<Record<string, Schema>> {
  return (schema['properties'] ?? {}) as Readonly<Record<string, Schema>>;
}

function requiredOf(schema: Schema): ReadonlySet<string> {
  return new Set((schema['required'] ?? []) as readonly string[]);
}
