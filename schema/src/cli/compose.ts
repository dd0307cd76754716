import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { composeSupergraph } from '../compose/composeSupergraph.js';
import { generatedFiles } from '../compose/generatedFiles.js';
import { readSubgraphs } from '../compose/subgraphs.js';

/** `npm run schema:compose`: writes the composed schemas. */
function main(): void {
  const folder = join(__dirname, '..', '..');
  const subgraphs = readSubgraphs(join(folder, '..'));
  const composed = composeSupergraph(subgraphs);
  if (!composed.ok) {
    for (const error of composed.errors)
      console.error(`${String(error.extensions['code'])}: ${error.message}`);
    process.exitCode = 1;
    return;
  }
  for (const [path, text] of generatedFiles(subgraphs, composed)) {
    const file = join(folder, path);
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  console.log(`Composed ${subgraphs.map(({ name }) => name).join(', ')} into schema/supergraph.graphql.`);
}

main();
