import type { Schema } from './contractRecord.js';
import { compareSchemas, isSame } from './compareSchemas.js';
import type { SchemaChange } from './schemaChange.js';

/** Compares what a value may be where at least one side says "one of these" (`anyOf`). */
export function compareBranches(before: Schema, after: Schema, path: string): readonly SchemaChange[] {
  const left = [...branchesOf(after)];
  const pairs: (readonly [Schema, Schema])[] = [];
  const gone: Schema[] = [];
  for (const branch of branchesOf(before)) {
    const same = left.findIndex((each) => isSame(each, branch));
    const like = same >= 0 ? same : left.findIndex((each) => kindOf(each) === kindOf(branch));
    const [partner] = like >= 0 ? left.splice(like, 1) : [];
    if (partner === undefined) gone.push(branch);
    else pairs.push([branch, partner]);
  }
  return [
    ...(before['anyOf'] && after['anyOf'] ? compareSchemas(besides(before), besides(after), path) : []),
    ...pairs.flatMap(([one, other]) => compareSchemas(one, other, path)),
    ...gone.map((each) => ({ path, what: `may no longer be ${kindOf(each)}`, breaks: ['stored'] as const })),
    ...left.map((each) => ({ path, what: `may be ${kindOf(each)} now`, breaks: ['readers'] as const })),
  ];
}

function branchesOf(schema: Schema): readonly Schema[] {
  return Array.isArray(schema['anyOf']) ? (schema['anyOf'] as readonly Schema[]) : [schema];
}

/** What is said beside the branches, and holds for all of them. */
function besides({ anyOf: _, ...others }: Schema): Schema {
  return others;
}

/** What tells branches apart. */
function kindOf(schema: Schema): string {
  const type = schema['type'];
  if (typeof type === 'string') return type === 'integer' ? 'number' : type;
  return 'const' in schema ? JSON.stringify(schema['const']) : 'anything';
}
