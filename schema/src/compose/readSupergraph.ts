import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The composed supergraph, as committed. */
export function readSupergraph(): string {
  return readFileSync(join(__dirname, '..', '..', 'supergraph.graphql'), 'utf8');
}
