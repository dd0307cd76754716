import { join } from 'node:path';
import { readAccepted } from '../check/accepted.js';
import { checkSchemas } from '../check/checkSchemas.js';
import { earlierApi } from '../check/earlierApi.js';
import { readSubgraphs } from '../compose/subgraphs.js';

/** `npm run schema:check`: says everything that is wrong with the schemas, and fails when something is. */
function main(): void {
  const folder = join(__dirname, '..', '..');
  const root = join(folder, '..');
  const earlier = earlierApi(root);
  const subgraphs = readSubgraphs(root);
  const problems = checkSchemas({
    subgraphs,
    folder,
    accepted: readAccepted(folder),
    earlierApiSdl: earlier?.sdl ?? null,
  });
  for (const problem of problems) console.error(problem);
  const compared = earlier ? `compared with ${earlier.from}` : 'no earlier API schema to compare with';
  console.log(`${subgraphs.length} subgraphs, ${problems.length} problems; ${compared}.`);
  if (problems.length > 0) process.exitCode = 1;
}

main();
