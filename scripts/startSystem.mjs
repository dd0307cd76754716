import { createRequire } from 'node:module';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { fail } from './report.mjs';
import { setUp } from './setup.mjs';

/**
 * Sets up, then runs `system/dist/main.js` in this very process: a signal reaches it once and directly, and no
 * second Node takes memory for waiting. Its arguments are ours (`process.argv.slice(2)`).
 */
export async function startSystem() {
  try {
    await setUp();
  } catch (error) {
    fail(error);
  }
  process.setSourceMapsEnabled(true);
  createRequire(import.meta.url)(join(ROOT, 'system', 'dist', 'main.js'));
}
