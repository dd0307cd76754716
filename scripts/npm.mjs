import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';

import { SetUpError } from './report.mjs';
import { run } from './run.mjs';

/** Installs a package with npm into a folder of its own. Rejects with a `SetUpError` when npm can't. */
export async function installWithNpm(folder, what) {
  mkdirSync(folder, { recursive: true });
  // A package of its own keeps npm from looking for one further up, which is ours.
  writeFileSync(join(folder, 'package.json'), '{ "private": true }\n');
  const npm = findNpm();
  const code = await run(npm.command, [
    ...npm.args,
    'install',
    `--prefix=${folder}`,
    '--no-audit',
    '--no-fund',
    '--no-package-lock',
    '--ignore-scripts=false',
    what,
  ]);
  if (code !== 0) {
    throw new SetUpError(`npm could not install ${what} (see above). Is the registry reachable?`);
  }
}

/** The npm that runs us, if one does, else the one on PATH. */
function findNpm() {
  const script = process.env.npm_execpath;
  return script !== undefined && /npm-cli\.js$/.test(script)
    ? { command: process.execPath, args: [script] }
    : { command: 'npm', args: [] };
}
