import { createRequire } from 'node:module';
import { join } from 'node:path';

import { ROOT } from './paths.mjs';
import { fail } from './report.mjs';
import { setUp } from './setup.mjs';
import { stopWithNpm } from './stopWithNpm.mjs';

/** Sets up, then runs `kafka/dist/broker/main.js` in this very process; its arguments are ours. */
export async function runBroker() {
  try {
    await setUp();
  } catch (error) {
    fail(error);
  }
  stopWithNpm();
  createRequire(import.meta.url)(join(ROOT, 'kafka', 'dist', 'broker', 'main.js'));
}
