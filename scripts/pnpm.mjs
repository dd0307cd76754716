import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

import { installWithNpm } from './npm.mjs';
import { ROOT, statePath } from './paths.mjs';
import { SetUpError, step } from './report.mjs';

/**
 * Gives the command of the pnpm that package.json pins (`engines.pnpm`): the one on PATH if it is that version, else
 * one that npm installs into `.foyer/tools`. Rejects with a `SetUpError` when npm can't get it.
 */
export async function findPnpm() {
  const { engines } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8'));
  const wanted = engines.pnpm;
  const own = statePath('tools', 'node_modules', '.bin', process.platform === 'win32' ? 'pnpm.cmd' : 'pnpm');
  if (existsSync(own) && versionOf(own) === wanted) {
    return own;
  }
  if (versionOf('pnpm') === wanted) {
    return 'pnpm';
  }
  step(`Getting pnpm ${wanted}`);
  await installWithNpm(statePath('tools'), `pnpm@${wanted}`);
  if (versionOf(own) !== wanted) {
    throw new SetUpError(`npm installed a pnpm into ${own} that does not run as version ${wanted}.`);
  }
  return own;
}

function versionOf(command) {
  const { status, stdout } = spawnSync(command, ['--version'], {
    // Elsewhere than in a project: there a pnpm of another version may fetch the one that is asked for.
    cwd: statePath(),
    encoding: 'utf8',
    timeout: 20_000,
  });
  return status === 0 ? stdout.trim() : null;
}
