import {
  Kind,
  type DocumentNode,
  type FragmentDefinitionNode,
  type OperationDefinitionNode,
  type SelectionSetNode,
} from 'graphql';

/** The size of an operation, with fragments counted wherever they are spread. */
export interface Measure {
  readonly depth: number;
  readonly aliases: number;
  readonly rootFields: number;
  readonly fields: number;
}

const NOTHING: Measure = { depth: 0, aliases: 0, rootFields: 0, fields: 0 };

/**
 * Measures every operation of a document and gives the largest of each figure. Each fragment is measured once, so the
 * time is linear in the document however often fragments spread each other; spreads in a circle count nothing (validation
 * refuses them). Figures are exact up to 2^53.
 */
export function measure(document: DocumentNode): Measure {
  const fragments = new Map<string, FragmentDefinitionNode>();
  const operations: OperationDefinitionNode[] = [];
  for (const definition of document.definitions) {
    if (definition.kind === Kind.FRAGMENT_DEFINITION) fragments.set(definition.name.value, definition);
    if (definition.kind === Kind.OPERATION_DEFINITION) operations.push(definition);
  }
  const measured = new Map<string, Measure>();

  const ofFragment = (name: string): Measure => {
    const known = measured.get(name);
    if (known) return known;
    measured.set(name, NOTHING);
    const fragment = fragments.get(name);
    const result = fragment ? ofSelections(fragment.selectionSet) : NOTHING;
    measured.set(name, result);
    return result;
  };
  /** `rootFields` is the number of fields directly in these selections. */
  const ofSelections = ({ selections }: SelectionSetNode): Measure => {
    let { depth, aliases, rootFields, fields } = NOTHING;
    for (const selection of selections) {
      if (selection.kind === Kind.FIELD) {
        const inner = selection.selectionSet ? ofSelections(selection.selectionSet) : NOTHING;
        if (!selection.name.value.startsWith('__')) depth = Math.max(depth, 1 + inner.depth);
        aliases += inner.aliases + (selection.alias ? 1 : 0);
        fields += 1 + inner.fields;
        rootFields += 1;
      } else {
        const inner =
          selection.kind === Kind.INLINE_FRAGMENT
            ? ofSelections(selection.selectionSet)
            : ofFragment(selection.name.value);
        depth = Math.max(depth, inner.depth);
        aliases += inner.aliases;
        fields += inner.fields;
        rootFields += inner.rootFields;
      }
    }
    return { depth, aliases, rootFields, fields };
  };

  return operations
    .map(({ selectionSet }) => ofSelections(selectionSet))
    .reduce(
      (most, each) => ({
        depth: Math.max(most.depth, each.depth),
        aliases: Math.max(most.aliases, each.aliases),
        rootFields: Math.max(most.rootFields, each.rootFields),
        fields: Math.max(most.fields, each.fields),
      }),
      NOTHING,
    );
}
