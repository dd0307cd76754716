import type { DocumentNode } from 'graphql';
import { elementsOf, type ElementKind } from '../coordinates.js';
import type { Problem } from '../problem.js';

const CAMEL: readonly [RegExp, string] = [/^[a-z][a-zA-Z0-9]*$/, 'camelCase'];
const FORMS: Readonly<Record<ElementKind, readonly [RegExp, string]>> = {
  type: [/^[A-Z][a-zA-Z0-9]*$/, 'PascalCase'],
  field: CAMEL,
  argument: CAMEL,
  inputField: CAMEL,
  enumValue: [/^[A-Z][A-Z0-9]*(_[A-Z0-9]+)*$/, 'UPPER_SNAKE_CASE'],
};

/** Types are PascalCase; fields, arguments and input fields camelCase; enum values UPPER_SNAKE_CASE. */
export function named(documents: readonly DocumentNode[]): readonly Problem[] {
  return documents
    .flatMap((document) => elementsOf(document))
    .filter(({ kind, name }) => !FORMS[kind][0].test(name))
    .map(({ kind, coordinate }) => ({ rule: 'named', coordinate, message: `is not ${FORMS[kind][1]}` }));
}
