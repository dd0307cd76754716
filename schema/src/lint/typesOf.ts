import {
  Kind,
  type DocumentNode,
  type FieldDefinitionNode,
  type InputValueDefinitionNode,
  type TypeNode,
} from 'graphql';

/** Fields of an object or interface type over all documents, extensions included. */
export function fieldsOf(documents: readonly DocumentNode[], type: string): readonly FieldDefinitionNode[] {
  return documents
    .flatMap((document) => document.definitions)
    .flatMap((definition): readonly (FieldDefinitionNode | InputValueDefinitionNode)[] =>
      'fields' in definition && definition.name.value === type ? (definition.fields ?? []) : [],
    )
    .filter((field) => field.kind === Kind.FIELD_DEFINITION);
}

/** Members of a union over all documents; null when there is no such union. */
export function membersOf(documents: readonly DocumentNode[], union: string): readonly string[] | null {
  const parts = documents
    .flatMap((document) => document.definitions)
    .filter((definition) => 'types' in definition && definition.name.value === union);
  if (parts.length === 0) return null;
  return [
    ...new Set(
      parts.flatMap((part) => ('types' in part ? (part.types ?? []) : [])).map(({ name }) => name.value),
    ),
  ];
}

/** Whether a type implements an interface, in any document. */
export function implementsInterface(documents: readonly DocumentNode[], type: string, name: string): boolean {
  return documents
    .flatMap((document) => document.definitions)
    .some(
      (definition) =>
        'interfaces' in definition &&
        definition.name.value === type &&
        (definition.interfaces ?? []).some((each) => each.name.value === name),
    );
}

/** A type as SDL writes it: `[Edge!]!`. */
export function typeText(type: TypeNode): string {
  if (type.kind === Kind.NON_NULL_TYPE) return `${typeText(type.type)}!`;
  return type.kind === Kind.LIST_TYPE ? `[${typeText(type.type)}]` : type.name.value;
}
