import { readFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * The text of a package's `schema.graphql`.
 * @param packageFolder the folder that holds it; from compiled code `join(__dirname, '..')`.
 */
export function readSchema(packageFolder: string): string {
  return readFileSync(join(packageFolder, 'schema.graphql'), 'utf8');
}
