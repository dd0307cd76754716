import { readFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, statePath } from './paths.mjs';
import { step } from './report.mjs';
import { runQuietly } from './run.mjs';

/** Checks that need no test: lint, format, the schema and the contracts of events. */
export async function runChecks() {
  step('Checks: lint, format, schema, events');
  const checks = [
    ['lint', ...tool('eslint', 'bin/eslint.js', '.', '--max-warnings=0')],
    ['format', ...tool('prettier', 'bin/prettier.cjs', '--check', '.')],
    npmScript('schema'),
    npmScript('events'),
  ];
  let failed = 0;
  await Promise.all(
    checks.map(async ([name, command, args, options]) => {
      const { code, output } = await runQuietly(command, args, options);
      console.log(code === 0 ? `✓ ${name}` : `✗ ${name}\n${output}`);
      failed += code === 0 ? 0 : 1;
    }),
  );
  return failed;
}

/** A program of a package, which remembers in `.foyer/` the files that were good. */
function tool(name, path, ...args) {
  const cache = ['--cache', `--cache-location=${statePath(`${name}-cache`)}`];
  return [process.execPath, [join(ROOT, 'node_modules', name, path), ...args, ...cache]];
}

/** `npm run NAME:check` without npm in between, which may not be on PATH. */
function npmScript(name) {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  return [name, scripts[`${name}:check`], [], { shell: true }];
}
