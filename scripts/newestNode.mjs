import { existsSync } from 'node:fs';
import { join } from 'node:path';

import { installWithNpm } from './npm.mjs';
import { statePath } from './paths.mjs';
import { step } from './report.mjs';

/** The newest Node that Foyer is tested on and that its image runs (Dockerfile, docs/deployment.md). */
export const NEWEST_NODE = '26.10.0';

/**
 * Gives the program of that Node: our own, when it is as new, else the one that npm installs into `.foyer/tools`.
 * Rejects with a `SetUpError` when npm can't get it.
 */
export async function findNewestNode() {
  const [own, newest] = [process.versions.node, NEWEST_NODE].map((version) => Number(version.split('.')[0]));
  if (own >= newest) {
    return process.execPath;
  }
  const folder = statePath('tools', `node-${NEWEST_NODE}`);
  const program = join(folder, 'node_modules', 'node', 'bin', 'node');
  if (!existsSync(program)) {
    step(`Getting Node ${NEWEST_NODE}`);
    await installWithNpm(folder, `node@${NEWEST_NODE}`);
  }
  return program;
}
