import { GraphQLError, type ValidationRule } from 'graphql';
import { MAXIMUM_LIST } from './refuseLargeVariables.js';

/** A validation rule: lists that are written in a document are no longer than those in variables. */
export const boundedListsRule: ValidationRule = (context) => ({
  ListValue(node) {
    const { length } = node.values;
    if (length <= MAXIMUM_LIST) return;
    const message = `A list has at most ${MAXIMUM_LIST} items, not ${length}.`;
    context.reportError(new GraphQLError(message, { nodes: node }));
  },
});
