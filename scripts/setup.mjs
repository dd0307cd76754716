import { createHash } from 'node:crypto';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { build, isBuilt } from './build.mjs';
import { withLock } from './lock.mjs';
import { packageFolders, ROOT } from './paths.mjs';
import { findPnpm } from './pnpm.mjs';
import { SetUpError, step } from './report.mjs';
import { run } from './run.mjs';
import { isCurrent, markCurrent } from './stamp.mjs';

/**
 * Gets the repository ready to run: dependencies from the frozen lockfile, then the build, each only when it is
 * not current. Rejects with a `SetUpError` when a step fails; the step has then said why.
 */
export async function setUp() {
  if (!isInstalled() || !isBuilt()) {
    await withLock('set-up', async () => {
      // Somebody else may have done it while we waited.
      if (!isInstalled()) {
        await install();
      }
      if (!isBuilt()) {
        step('Building');
        await build();
      }
    });
  }
}

function isInstalled() {
  return existsSync(join(ROOT, 'node_modules')) && isCurrent('install', installHash());
}

async function install() {
  const hash = installHash();
  const pnpm = await findPnpm();
  step('Installing dependencies');
  // pnpm would ask before it replaces a node_modules that another version made.
  const options = ['--frozen-lockfile', '--config.confirm-modules-purge=false'];
  if ((await run(pnpm, ['install', ...options])) !== 0) {
    throw new SetUpError('Dependencies could not be installed (see above). Is the registry reachable?');
  }
  markCurrent('install', hash);
}

function installHash() {
  const hash = createHash('sha256').update(`${process.version} ${process.platform} ${process.arch}`);
  const files = ['pnpm-lock.yaml', 'pnpm-workspace.yaml', 'package.json'].map((name) => join(ROOT, name));
  for (const file of [
    ...files,
    ...packageFolders()
      .map((folder) => join(folder, 'package.json'))
      .sort(),
  ]) {
    hash.update(readFileSync(file));
  }
  return hash.digest('hex');
}
