import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { fail } from './report.mjs';
import { run } from './run.mjs';
import { setUp } from './setup.mjs';

/** Runs chaos and sets the exit code. */
export async function runChaos(options) {
  // Ctrl-C reaches the run too; we stay until it has ended what it started.
  process.on('SIGINT', () => undefined);
  try {
    await setUp();
  } catch (error) {
    fail(error);
  }
  process.exitCode = await run(process.execPath, [
    join(ROOT, 'test', 'dist', 'chaos', 'main.js'),
    ...options,
  ]);
}
