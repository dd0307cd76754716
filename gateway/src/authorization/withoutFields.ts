import { Kind, visit, type DocumentNode, type FieldNode, type SelectionSetNode } from 'graphql';

/**
 * A document without some of its fields. Where nothing else was selected `__typename` takes their place, so that the
 * object they stand in is still seen to be there, or not.
 * @param document one operation and its fragments.
 */
export function withoutFields(document: DocumentNode, fields: ReadonlySet<FieldNode>): DocumentNode {
  return visit(document, {
    Field: { enter: (node) => (fields.has(node) ? null : undefined) },
    SelectionSet: { leave: (node) => (node.selections.length === 0 ? TYPENAME_ONLY : undefined) },
  });
}

const TYPENAME_ONLY: SelectionSetNode = {
  kind: Kind.SELECTION_SET,
  selections: [{ kind: Kind.FIELD, name: { kind: Kind.NAME, value: '__typename' } }],
};
