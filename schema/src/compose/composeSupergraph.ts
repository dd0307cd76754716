import { composeServices, type CompositionSuccess } from '@apollo/composition';
import { Supergraph, printSchema } from '@apollo/federation-internals';
import type { GraphQLError } from 'graphql';
import { subgraphTypeDefs } from '../subgraph/subgraphTypeDefs.js';
import type { SubgraphSource } from './subgraphs.js';

/** What composition made, or why it made nothing. */
export type Composed =
  | { readonly ok: false; readonly errors: readonly GraphQLError[] }
  | {
      readonly ok: true;
      /** What the gateway and Apollo Router run. */
      readonly supergraphSdl: string;
      /** What clients see. */
      readonly apiSdl: string;
      readonly hints: CompositionSuccess['hints'];
    };

/** Composes subgraphs into a supergraph, as `rover supergraph compose` does. */
export function composeSupergraph(subgraphs: readonly SubgraphSource[]): Composed {
  const result = composeServices(
    subgraphs.map(({ name, url, sdl }) => ({ name, url, typeDefs: subgraphTypeDefs(sdl) })),
  );
  if (result.errors) return { ok: false, errors: result.errors };
  const { supergraphSdl, hints } = result;
  const apiSdl = printSchema(Supergraph.build(supergraphSdl, { supportedFeatures: null }).apiSchema());
  return { ok: true, supergraphSdl, apiSdl, hints };
}
