import { GraphQLError } from 'graphql';

/** An error whose path is in the client's names. Numbers are places in lists and stay. */
export function restorePath(error: GraphQLError, responseNames: ReadonlyMap<string, string>): GraphQLError {
  const { path } = error;
  if (!path?.some((part) => typeof part === 'string' && responseNames.has(part))) return error;
  return new GraphQLError(error.message, {
    nodes: error.nodes ?? null,
    source: error.source ?? null,
    positions: error.positions ?? null,
    path: path.map((part) => (typeof part === 'string' ? (responseNames.get(part) ?? part) : part)),
    originalError: error.originalError ?? null,
    extensions: error.extensions,
  });
}
