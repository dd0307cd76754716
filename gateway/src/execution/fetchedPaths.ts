import { Kind, parse, type FragmentDefinitionNode, type SelectionSetNode } from 'graphql';

/**
 * The places that a subgraph fetch would have filled, as a subgraph's own error paths name them: `['user']`, or
 * `['_entities', 0, 'name']`.
 * @param query the fetch's operation.
 * @param representations the entities asked for; undefined for a fetch of root fields.
 */
export function fetchedPaths(
  query: string,
  representations: readonly { readonly __typename?: unknown }[] | undefined,
): readonly (readonly (string | number)[])[] {
  const { definitions } = parse(query, { noLocation: true });
  const fragments = new Map(
    definitions.flatMap((each) =>
      each.kind === Kind.FRAGMENT_DEFINITION ? [[each.name.value, each] as const] : [],
    ),
  );
  const operation = definitions.find((each) => each.kind === Kind.OPERATION_DEFINITION);
  if (!operation) return [];
  if (!representations) return namesIn(operation.selectionSet, fragments, null).map((name) => [name]);
  const entities = operation.selectionSet.selections[0];
  const selections = entities?.kind === Kind.FIELD ? entities.selectionSet : undefined;
  if (!selections) return [];
  const types = new Set(representations.map(({ __typename }) => String(__typename)));
  return representations.flatMap(({ __typename }, index) => {
    // A condition on another entity's type excludes this one; one on an interface may not.
    const others = new Set([...types].filter((type) => type !== __typename));
    return namesIn(selections, fragments, others).map((name) => ['_entities', index, name]);
  });
}

/** Response names directly in a selection set, fragments included save those on an excluded type. */
function namesIn(
  { selections }: SelectionSetNode,
  fragments: ReadonlyMap<string, FragmentDefinitionNode>,
  excluded: ReadonlySet<string> | null,
): readonly string[] {
  const names = selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) {
      return selection.name.value === '__typename' ? [] : [selection.alias?.value ?? selection.name.value];
    }
    const fragment =
      selection.kind === Kind.INLINE_FRAGMENT ? selection : fragments.get(selection.name.value);
    if (!fragment || excluded?.has(fragment.typeCondition?.name.value ?? '')) return [];
    return namesIn(fragment.selectionSet, fragments, excluded);
  });
  return [...new Set(names)];
}
