import { Kind, visit, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';

/**
 * A document without some of its fields; selections that are left empty go with them.
 * @param document one operation and its fragments.
 * @returns null when nothing is left of the operation.
 */
export function withoutFields(document: DocumentNode, fields: ReadonlySet<FieldNode>): DocumentNode | null {
  let reduced = removeFields(document, fields);
  // A fragment that lost everything takes its spreads with it, which may empty others.
  for (let empty = emptyFragments(reduced); empty.size > 0; empty = emptyFragments(reduced)) {
    reduced = removeFragments(reduced, empty);
  }
  const operation = reduced.definitions.find(({ kind }) => kind === Kind.OPERATION_DEFINITION);
  return operation && 'selectionSet' in operation && !isEmpty(operation.selectionSet) ? reduced : null;
}

function removeFields(document: DocumentNode, fields: ReadonlySet<FieldNode>): DocumentNode {
  return visit(document, {
    Field: {
      enter: (node) => (fields.has(node) ? null : undefined),
      leave: (node) => (isEmpty(node.selectionSet) ? null : undefined),
    },
    InlineFragment: { leave: (node) => (isEmpty(node.selectionSet) ? null : undefined) },
  });
}

function removeFragments(document: DocumentNode, names: ReadonlySet<string>): DocumentNode {
  return visit(document, {
    FragmentDefinition: { enter: (node) => (names.has(node.name.value) ? null : undefined) },
    FragmentSpread: { enter: (node) => (names.has(node.name.value) ? null : undefined) },
    Field: { leave: (node) => (isEmpty(node.selectionSet) ? null : undefined) },
    InlineFragment: { leave: (node) => (isEmpty(node.selectionSet) ? null : undefined) },
  });
}

function emptyFragments(document: DocumentNode): ReadonlySet<string> {
  return new Set(
    document.definitions.flatMap((definition) =>
      definition.kind === Kind.FRAGMENT_DEFINITION && isEmpty(definition.selectionSet) ? [definition.name.value] : [],
    ),
  );
}

function isEmpty(selections: SelectionSetNode | undefined): boolean {
  return selections?.selections.length === 0;
}
