import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { ROOT, statePath } from './paths.mjs';
import { SetUpError, step } from './report.mjs';
import { run } from './run.mjs';

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
  await installWithNpm(wanted);
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

async function installWithNpm(version) {
  const tools = statePath('tools');
  mkdirSync(tools, { recursive: true });
  // A package of its own keeps npm from looking for one further up, which is ours.
  writeFileSync(join(tools, 'package.json'), '{ "private": true }\n');
  const npm = findNpm();
  const code = await run(npm.command, [
    ...npm.args,
    'install',
    `--prefix=${tools}`,
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--ignore-scripts=false',
    `pnpm@${version}`,
  ]);
  if (code !== 0) {
    throw new SetUpError(`npm could not install pnpm ${version} (see above). Is the registry reachable?`);
  }
}

/** The npm that runs us, if one does, else the one on PATH. */
function findNpm() {
  const script = process.env.npm_execpath;
  return script !== undefined && /npm-cli\.js$/.test(script)
    ? { command: process.execPath, args: [script] }
    : { command: 'npm', args: [] };
}
