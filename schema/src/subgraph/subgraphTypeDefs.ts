import { Kind, parse, type DocumentNode } from 'graphql';
import { federationLink } from './federationLink.js';
import { referencedShared } from './referencedShared.js';

/**
 * Makes a subgraph's own `schema.graphql` complete: adds the link to the federation specification with the directives
 * it uses, and the shared types it refers to (`shared.graphql`), transitively.
 * @throws GraphQLError for a syntax error; Error when it defines a shared type itself.
 */
export function subgraphTypeDefs(sdl: string): DocumentNode {
  const own = parse(sdl);
  const complete: DocumentNode = {
    kind: Kind.DOCUMENT,
    definitions: [...own.definitions, ...referencedShared(own)],
  };
  return { ...complete, definitions: [federationLink(complete), ...complete.definitions] };
}
