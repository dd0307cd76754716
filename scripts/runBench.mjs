import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { fail } from './report.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

/** Runs the benchmarks and sets the exit code: 0 when all could be measured. */
export async function runBench(names) {
  // Ctrl-C reaches the benchmarks too; we stay until they have put away what they made.
  process.on('SIGINT', () => undefined);
  try {
    await setUp();
  } catch (error) {
    fail(error);
  }
  const code = await run(process.execPath, [join(ROOT, 'test', 'dist', 'bench', 'main.js'), ...names]);
  const figures = join(ROOT, 'docs', 'benchmarks.md');
  if (existsSync(figures)) {
    await run(process.execPath, [
      join(ROOT, 'node_modules', 'prettier', 'bin', 'prettier.cjs'),
      '--write',
      '--log-level=warn',
      figures,
    ]);
  }
  process.exitCode = code;
}
