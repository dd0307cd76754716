import { isAbstractType, type GraphQLSchema } from 'graphql';

/**
 * The names of the object types behind each interface and each union, all sorted: what a client's cache has to know to match
 * a fragment on an interface (Apollo Client's `possibleTypes`).
 */
export function possibleTypes(schema: GraphQLSchema): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(
    Object.values(schema.getTypeMap())
      .filter(isAbstractType)
      .map((type) => [type.name, schema.getPossibleTypes(type).map(({ name }) => name)] as const)
      .map(([name, members]) => [name, members.toSorted()] as const)
      .toSorted(([one], [other]) => (one < other ? -1 : 1)),
  );
}
