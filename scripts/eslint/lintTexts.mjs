// Lints texts as if they were files of the repository: reads `[{ "file", "text" }]` as JSON and prints for each the
// messages of the import rule. A process of its own for layers.test.js, for Jest cannot load ESLint's configuration.
import { ESLint } from 'eslint';
import { text as readAll } from 'node:stream/consumers';
import { join } from 'node:path';
import tseslint from 'typescript-eslint';

import { ROOT } from '../paths.mjs';

const eslint = new ESLint({
  cwd: ROOT,
  // The files do not exist, so that nobody knows their types.
  overrideConfig: [{ files: ['**/*.ts'], ...tseslint.configs.disableTypeChecked }],
});
const results = [];
for (const { file, text } of JSON.parse(await readAll(process.stdin))) {
  const [result] = await eslint.lintText(text, { filePath: join(ROOT, file) });
  results.push(
    result.messages
      .filter(({ ruleId, fatal }) => fatal || ruleId === 'foyer/import-layers')
      .map(({ severity, message }) => `${severity === 2 ? 'error' : 'warning'}: ${message}`),
  );
}
console.log(JSON.stringify(results));
