import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, statePath } from './paths.mjs';
import { step } from './report.mjs';
import { runQuietly } from './run.mjs';

/** Checks that need no test: lint, format, and the schema where package.json has a script for it. */
export async function runChecks() {
  step('Checks: lint, format, schema');
  const checks = [
    ['lint', tool('eslint', 'bin/eslint.js'), ['.', '--max-warnings=0', '--cache', `--cache-location=${statePath('eslint')}`]],
    ['format', tool('prettier', 'bin/prettier.cjs'), ['--check', '.', '--cache', `--cache-location=${statePath('prettier')}`]],
    ...schemaCheck(),
  ];
  let failed = 0;
  await Promise.all(
    checks.map(async ([name, program, args]) => {
      const { code, output } = await runQuietly(process.execPath, [program, ...args]);
      console.log(code === 0 ? `✓ ${name}` : `✗ ${name}\n${output}`);
      failed += code === 0 ? 0 : 1;
    }),
  );
  return failed;
}

function tool(name, path) {
  return join(ROOT, 'node_modules', name, path);
}

/** `npm run schema:check` is a program of ours: run as it stands there, `node <file> <arguments>`. */
function schemaCheck() {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const command = scripts['schema:check']?.match(/^node (\S+) ?(.*)$/);
  return command ? [['schema', join(ROOT, command[1]), command[2].split(' ').filter(Boolean)]] : [];
}
