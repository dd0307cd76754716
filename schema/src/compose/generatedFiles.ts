import { buildSchema, print } from 'graphql';
import { subgraphTypeDefs } from '../subgraph/subgraphTypeDefs.js';
import type { Composed } from './composeSupergraph.js';
import { possibleTypes } from './possibleTypes.js';
import type { SubgraphSource } from './subgraphs.js';

const NOTE = '# Written by `npm run schema:compose` from subgraphs/*/schema.graphql. Do not edit.\n\n';

/** The files that composition writes, by their path in this package. */
export function generatedFiles(
  subgraphs: readonly SubgraphSource[],
  composed: Composed & { readonly ok: true },
): ReadonlyMap<string, string> {
  return new Map([
    ...subgraphs.map(
      ({ name, sdl }) => [`subgraphs/${name}.graphql`, `${NOTE}${print(subgraphTypeDefs(sdl))}\n`] as const,
    ),
    ['supergraph.graphql', `${NOTE}${composed.supergraphSdl.trimEnd()}\n`] as const,
    ['api.graphql', `${NOTE}${composed.apiSdl.trimEnd()}\n`] as const,
    [
      'possibleTypes.json',
      `${JSON.stringify(possibleTypes(buildSchema(composed.apiSdl)), null, 2)}\n`,
    ] as const,
  ]);
}
