import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { readSchema } from '../subgraph/readSchema.js';

/** A subgraph as the composition takes it. */
export interface SubgraphSource {
  readonly name: string;
  /** Where a router finds it by default. */
  readonly url: string;
  /** Its own `schema.graphql`. */
  readonly sdl: string;
}

/** In the order of their ports, from 4001. */
const NAMES = ['users', 'catalog', 'inventory', 'orders', 'payments', 'notifications', 'waitroom'] as const;

/** Default GraphQL address of each subgraph, by name. */
export const SUBGRAPH_URLS: Readonly<Record<string, string>> = Object.fromEntries(
  NAMES.map((name, index) => [name, `http://127.0.0.1:${4001 + index}/graphql`]),
);

/**
 * Reads the subgraphs' schemas.
 * @param root the repository's folder.
 */
export function readSubgraphs(root: string): readonly SubgraphSource[] {
  return Object.entries(SUBGRAPH_URLS)
    .map(([name, url]) => ({ name, url, folder: join(root, 'subgraphs', name) }))
    .filter(({ folder }) => existsSync(join(folder, 'schema.graphql')))
    .map(({ name, url, folder }) => ({ name, url, sdl: readSchema(folder) }));
}
