import { mkdirSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';
import { ASYNCAPI_FILE, asyncApiText } from './asyncApiFile.js';

/** `npm run events:asyncapi`: writes the document of all events anew. */
async function main(): Promise<void> {
  const text = await asyncApiText();
  mkdirSync(dirname(ASYNCAPI_FILE), { recursive: true });
  writeFileSync(ASYNCAPI_FILE, text);
  process.stdout.write(`${ASYNCAPI_FILE}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? (error.stack ?? error.message) : String(error)}\n`);
  process.exitCode = 1;
});
