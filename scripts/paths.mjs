import { existsSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';

/** The folder of the repository. */
export const ROOT = dirname(dirname(fileURLToPath(import.meta.url)));

/** Everything that is made at run time and may be deleted: data, tools, caches, stamps. */
export const STATE = join(ROOT, '.foyer');

/** Gives the path of a file or folder in `.foyer/`, which exists afterwards. */
export function statePath(...parts) {
  mkdirSync(STATE, { recursive: true });
  return join(STATE, ...parts);
}

/** The folders of all workspace packages. */
export function packageFolders() {
  const subgraphs = join(ROOT, 'subgraphs');
  return [
    ...readdirSync(ROOT).map((name) => join(ROOT, name)),
    ...readdirSync(subgraphs).map((name) => join(subgraphs, name)),
  ].filter((folder) => existsSync(join(folder, 'package.json')));
}
