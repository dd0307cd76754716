import { createRequire } from 'node:module';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { fail } from './report.mjs';
import { setUp } from './setup.mjs';
import { checkStartOptions } from './startOptions.mjs';
import { stopWithNpm } from './stopWithNpm.mjs';

/**
 * Sets up, then runs a file of `system/dist` in this very process: a signal reaches it directly, and no second Node
 * takes memory for waiting. Its arguments are ours (`process.argv.slice(2)`).
 */
export async function startSystem(file = 'main.js') {
  try {
    checkStartOptions(process.argv.slice(2));
    await setUp();
  } catch (error) {
    fail(error);
  }
  process.setSourceMapsEnabled(true);
  stopWithNpm();
  createRequire(import.meta.url)(join(ROOT, 'system', 'dist', file));
}
