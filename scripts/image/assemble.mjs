// `node scripts/image/assemble.mjs FOLDER`: installs and builds, then writes what the image holds into FOLDER, which must
// not be there yet. The Dockerfile does no more than run this; without Docker it can be run and looked at all the same.
// `--as-built` takes the build as it is.
import { chmodSync, cpSync, existsSync, lstatSync, mkdirSync, readdirSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { ROOT } from '../paths.mjs';
import { findPnpm } from '../pnpm.mjs';
import { fail, SetUpError, step } from '../report.mjs';
import { run } from '../run.mjs';
import { setUp } from '../setup.mjs';
import { prune } from './prune.mjs';
import { shippedFiles } from './shippedFiles.mjs';

async function assemble([folder, option]) {
  if (folder === undefined || (option !== undefined && option !== '--as-built')) {
    throw new SetUpError('Usage: node scripts/image/assemble.mjs FOLDER [--as-built]');
  }
  if (existsSync(folder)) {
    throw new SetUpError(`${folder} exists already. Name a folder that is to be made.`);
  }
  if (option !== '--as-built') {
    await setUp();
  }
  // Whoever runs it may read it, whatever our own habit is.
  process.umask(0o022);
  for (const file of shippedFiles()) {
    mkdirSync(dirname(join(folder, file)), { recursive: true });
    cpSync(join(ROOT, file), join(folder, file));
    chmodSync(join(folder, file), 0o644);
  }
  await install(folder);
  prune(folder);
  console.log(`${folder}: ${(sizeOf(folder) / 1e6).toFixed(0)} MB`);
}

function sizeOf(folder) {
  const sizes = readdirSync(folder, { withFileTypes: true }).map((entry) => {
    const path = join(folder, entry.name);
    return entry.isDirectory() ? sizeOf(path) : lstatSync(path).size;
  });
  return sizes.reduce((sum, size) => sum + size, 0);
}

async function install(folder) {
  step('Installing what it needs to run');
  const code = await run(await findPnpm(), [
    'install',
    `--dir=${folder}`,
    '--prod',
    '--frozen-lockfile',
    '--prefer-offline',
    '--reporter=append-only',
    // Files of its own: those of the store, linked, would change with ours.
    '--config.package-import-method=copy',
  ]);
  if (code !== 0) {
    throw new SetUpError('The dependencies could not be installed (see above).');
  }
}

assemble(process.argv.slice(2).map((argument, index) => (index === 0 ? resolve(argument) : argument))).catch(
  fail,
);
