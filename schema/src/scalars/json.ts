import { GraphQLScalarType, valueFromASTUntyped } from 'graphql';

/** `JSON`: any JSON value, as it is. */
export const json = new GraphQLScalarType({
  name: 'JSON',
  serialize: (value) => value,
  parseValue: (value) => value,
  parseLiteral: (node, variables) => valueFromASTUntyped(node, variables),
});
