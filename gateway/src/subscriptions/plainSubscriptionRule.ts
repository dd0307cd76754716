import {
  GraphQLError,
  Kind,
  OperationTypeNode,
  type SelectionNode,
  type SelectionSetNode,
  type ValidationContext,
  type ValidationRule,
} from 'graphql';

/**
 * A subscription's root field has no `@skip` and `@include`, nor has a fragment around it: there is no subscription to
 * nothing.
 * @see https://spec.graphql.org/draft/#sec-Single-Root-Field
 */
export const plainSubscriptionRule: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
    for (const { directives } of rootSelections(operation.selectionSet, context, new Set())) {
      const conditional = directives?.find(({ name }) => name.value === 'skip' || name.value === 'include');
      if (!conditional) continue;
      const message = 'A subscription’s root field takes no @skip and no @include.';
      context.reportError(new GraphQLError(message, { nodes: conditional }));
    }
  },
});

/** Root fields, and the fragments they stand in. */
function rootSelections(
  { selections }: SelectionSetNode,
  context: ValidationContext,
  visited: Set<string>,
): readonly SelectionNode[] {
  return selections.flatMap((selection) => {
    if (selection.kind === Kind.FIELD) return [selection];
    if (selection.kind === Kind.INLINE_FRAGMENT) {
      return [selection, ...rootSelections(selection.selectionSet, context, visited)];
    }
    const name = selection.name.value;
    const fragment = visited.has(name) ? undefined : context.getFragment(name);
    visited.add(name);
    return fragment ? [selection, ...rootSelections(fragment.selectionSet, context, visited)] : [selection];
  });
}
