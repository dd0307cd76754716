import { GraphQLError, OperationTypeNode, type ValidationRule } from 'graphql';

/**
 * A subscription's root field has no `@skip` and `@include`: there is no subscription to nothing.
 * @see https://spec.graphql.org/draft/#sec-Single-Root-Field
 */
export const plainSubscriptionRule: ValidationRule = (context) => ({
  OperationDefinition(operation) {
    if (operation.operation !== OperationTypeNode.SUBSCRIPTION) return;
    for (const { directives } of operation.selectionSet.selections) {
      const conditional = directives?.find(({ name }) => name.value === 'skip' || name.value === 'include');
      if (!conditional) continue;
      const message = 'A subscription’s root field takes no @skip and no @include.';
      context.reportError(new GraphQLError(message, { nodes: conditional }));
    }
  },
});
