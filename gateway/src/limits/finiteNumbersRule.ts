import { GraphQLError, type FloatValueNode, type IntValueNode, type ValidationRule } from 'graphql';

/**
 * A validation rule that refuses numbers which no JSON has: graphql-js reads `9e999` as infinity, which can be handed on to
 * no subgraph.
 */
export const finiteNumbersRule: ValidationRule = (context) => {
  const check = (node: FloatValueNode | IntValueNode): void => {
    if (Number.isFinite(Number(node.value))) return;
    const message = 'A number of the document is too large to be one.';
    context.reportError(
      new GraphQLError(message, { nodes: node, extensions: { code: 'GRAPHQL_VALIDATION_FAILED' } }),
    );
  };
  return { FloatValue: check, IntValue: check };
};
