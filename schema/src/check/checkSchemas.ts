import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { composeSupergraph } from '../compose/composeSupergraph.js';
import { generatedFiles } from '../compose/generatedFiles.js';
import type { SubgraphSource } from '../compose/subgraphs.js';
import { lintSchemas } from '../lint/lintSchemas.js';
import { subgraphTypeDefs } from '../subgraph/subgraphTypeDefs.js';
import type { Accepted } from './accepted.js';
import { breakingChanges } from './breakingChanges.js';

/** What is checked against what. */
export interface CheckOptions {
  readonly subgraphs: readonly SubgraphSource[];
  /** Folder of the generated files. */
  readonly folder: string;
  readonly accepted: Accepted;
  /** The API schema that clients may know; null skips the search for breaking changes. */
  readonly earlierApiSdl: string | null;
}

/**
 * Everything that is wrong with the schemas: composition errors, hints that nobody has accepted, lint, generated files
 * that are not current, changes that break clients.
 * @returns one line each; empty when all is well.
 */
export function checkSchemas({
  subgraphs,
  folder,
  accepted,
  earlierApiSdl,
}: CheckOptions): readonly string[] {
  const lint = lintSchemas(subgraphs.map(({ sdl }) => subgraphTypeDefs(sdl))).map(
    ({ rule, coordinate, message }) => `lint (${rule}): ${coordinate} ${message}`,
  );
  const composed = composeSupergraph(subgraphs);
  if (!composed.ok) {
    return [
      ...lint,
      ...composed.errors.map((error) => `composition: ${String(error.extensions['code'])}: ${error.message}`),
    ];
  }
  const hints = composed.hints
    .filter(
      ({ definition, message }) =>
        !accepted.hints.some((each) => each.code === definition.code && message.includes(each.about)),
    )
    .map(({ definition, message }) => `hint: ${definition.code}: ${message}`);
  const stale = [...generatedFiles(subgraphs, composed)]
    .filter(
      ([path, text]) => !existsSync(join(folder, path)) || readFileSync(join(folder, path), 'utf8') !== text,
    )
    .map(([path]) => `stale: schema/${path} is not current: run \`npm run schema:compose\``);
  const breaking = (earlierApiSdl === null ? [] : breakingChanges(earlierApiSdl, composed.apiSdl))
    .filter((change) => !accepted.breakingChanges.some((each) => each.change === change))
    .map((change) => `breaking: ${change}`);
  return [...lint, ...hints, ...stale, ...breaking];
}
