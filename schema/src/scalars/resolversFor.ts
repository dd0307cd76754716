import { Kind, type DocumentNode, type GraphQLScalarType } from 'graphql';
import { sharedResolvers } from './sharedResolvers.js';

/** A subgraph's own resolvers together with those of the shared scalars that its schema has. */
export function resolversFor<Resolvers extends object>(
  typeDefs: DocumentNode,
  resolvers: Resolvers,
): Resolvers & Record<string, GraphQLScalarType> {
  const scalars = typeDefs.definitions
    .filter((definition) => definition.kind === Kind.SCALAR_TYPE_DEFINITION)
    .map(({ name }) => [name.value, sharedResolvers[name.value]] as const)
    .filter((entry): entry is readonly [string, GraphQLScalarType] => entry[1] !== undefined);
  return { ...Object.fromEntries(scalars), ...resolvers };
}
