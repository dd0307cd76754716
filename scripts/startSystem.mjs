import { createRequire } from 'node:module';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { fail } from './report.mjs';
import { setUp } from './setup.mjs';

/**
 * Sets up, then runs `system/dist/main.js` in this very process: a signal reaches it directly, and no second Node
 * takes memory for waiting. Its arguments are ours (`process.argv.slice(2)`).
 */
export async function startSystem() {
  try {
    await setUp();
  } catch (error) {
    fail(error);
  }
  process.setSourceMapsEnabled(true);
  stopWithNpm();
  createRequire(import.meta.url)(join(ROOT, 'system', 'dist', 'main.js'));
}

/**
 * `npm start` runs us in a shell. A SIGTERM that npm gets reaches that shell, which ends and tells us nothing; so
 * when our parent is gone, we take the signal as meant for us.
 */
function stopWithNpm() {
  const parent = process.ppid;
  if (process.env.npm_lifecycle_event === undefined) {
    return;
  }
  const watch = setInterval(() => {
    if (process.ppid !== parent) {
      clearInterval(watch);
      process.kill(process.pid, 'SIGTERM');
    }
  }, 500);
  watch.unref();
}
