import { Kind, type DocumentNode, type FieldDefinitionNode, type TypeNode } from 'graphql';
import type { Problem } from '../problem.js';

/**
 * What multiplies says by how much (`@listSize`): connections by `first` and their default page, other lists of objects
 * by what they usually have. The gateway refuses by it what would cost too much.
 */
export function sized(documents: readonly DocumentNode[]): readonly Problem[] {
  const leaves = new Set(['String', 'ID', 'Int', 'Float', 'Boolean', ...leafTypes(documents)]);
  return documents
    .flatMap((document) => document.definitions)
    .flatMap((definition) => {
      const { kind } = definition;
      if (kind !== Kind.OBJECT_TYPE_DEFINITION && kind !== Kind.OBJECT_TYPE_EXTENSION) return [];
      const owner = definition.name.value;
      return (definition.fields ?? []).flatMap((field): readonly Problem[] => {
        const message = wrong(field, owner, leaves);
        return message ? [{ rule: 'sized', coordinate: `${owner}.${field.name.value}`, message }] : [];
      });
    });
}

function wrong(field: FieldDefinitionNode, owner: string, leaves: ReadonlySet<string>): string | null {
  const type = namedType(field.type);
  if (type.endsWith('Connection') && !isList(field.type)) {
    const given = ['assumedSize', 'slicingArguments', 'sizedFields'].every((name) =>
      hasArgument(field, name),
    );
    return given
      ? null
      : 'should have `@listSize` with `slicingArguments: ["first"]`, `sizedFields: ["edges"]`, and the default page as `assumedSize`';
  }
  if (!isList(field.type) || leaves.has(type)) return null;
  // A connection's own edges are sized by the field that gives the connection.
  if (owner.endsWith('Connection') && field.name.value === 'edges') return null;
  return hasArgument(field, 'assumedSize') ? null : 'should have `@listSize(assumedSize:)`';
}

function hasArgument(field: FieldDefinitionNode, name: string): boolean {
  const directive = field.directives?.find((each) => each.name.value === 'listSize');
  return directive?.arguments?.some((argument) => argument.name.value === name) ?? false;
}

function leafTypes(documents: readonly DocumentNode[]): readonly string[] {
  return documents.flatMap((document) =>
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.SCALAR_TYPE_DEFINITION || definition.kind === Kind.ENUM_TYPE_DEFINITION
        ? [definition.name.value]
        : [],
    ),
  );
}

function isList(type: TypeNode): boolean {
  return type.kind === Kind.NON_NULL_TYPE ? isList(type.type) : type.kind === Kind.LIST_TYPE;
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}
