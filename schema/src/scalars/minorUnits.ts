import { GraphQLScalarType, Kind } from 'graphql';

/**
 * `MinorUnits`: a safe integer, a JSON number outside. GraphQL's Int ends at 2^31 - 1, which đồng pass at once. A
 * `bigint` (Postgres's int8) is taken too when it is safe.
 */
export const minorUnits = new GraphQLScalarType<number, number>({
  name: 'MinorUnits',
  serialize(value) {
    return safeInteger(typeof value === 'bigint' ? Number(value) : value);
  },
  parseValue: safeInteger,
  parseLiteral(node) {
    return safeInteger(node.kind === Kind.INT ? Number(node.value) : null);
  },
});

function safeInteger(value: unknown): number {
  if (!Number.isSafeInteger(value)) {
    throw new TypeError('Write a whole number of minor units, at most 9007199254740991.');
  }
  return value as number;
}
