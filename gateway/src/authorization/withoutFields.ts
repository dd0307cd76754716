import { Kind, visit, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';

/**
 * A document without some of its fields; selections that are left empty go with them.
 * @returns null when nothing is left of the operation.
 */
export function withoutFields(
  document: DocumentNode,
  operationName: string | undefined,
  fields: ReadonlySet<FieldNode>,
): DocumentNode | null {
  let reduced = removeFields(document, fields);
  // A fragment that lost everything takes its spreads with it, which may empty others.
  for (;;) {
    const empty = new Set(
      reduced.definitions.flatMap((definition) =>
        definition.kind === Kind.FRAGMENT_DEFINITION && definition.selectionSet.selections.length === 0
          ? [definition.name.value]
          : [],
      ),
    );
    if (empty.size === 0) break;
    reduced = removeFragments(reduced, empty);
  }
  const operation = reduced.definitions.find(
    (definition) =>
      definition.kind === Kind.OPERATION_DEFINITION &&
      (operationName === undefined || definition.name?.value === operationName),
  );
  if (operation?.kind !== Kind.OPERATION_DEFINITION) return null;
  return operation.selectionSet.selections.length > 0 ? reduced : null;
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
    FragmentDefinition: (node) => (names.has(node.name.value) ? null : undefined),
    FragmentSpread: (node) => (names.has(node.name.value) ? null : undefined),
    Field: { leave: (node) => (isEmpty(node.selectionSet) ? null : undefined) },
    InlineFragment: { leave: (node) => (isEmpty(node.selectionSet) ? null : undefined) },
  });
}

function isEmpty(selections: SelectionSetNode | undefined): boolean {
  return selections?.selections.length === 0;
}
