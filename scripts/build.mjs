// `npm run build`: generates Prisma's clients where stale, then compiles every package. Needs the dependencies.
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, realpathSync, rmSync, statSync } from 'node:fs';
import { basename, dirname, join, relative } from 'node:path';
import { pathToFileURL } from 'node:url';

import { generateClients } from '../prisma/generate.mjs';
import { packageFolders, ROOT } from './paths.mjs';
import { fail, SetUpError } from './report.mjs';
import { run } from './run.mjs';
import { isCurrent, markCurrent } from './stamp.mjs';

/** Whether nothing that the build reads has changed since the last good one, and its output is there. */
export function isBuilt() {
  const outputs = packageFolders().map((folder) => join(folder, 'dist'));
  return outputs.every((folder) => existsSync(folder)) && isCurrent('build', inputsHash());
}

/** Builds. Rejects with a `SetUpError` when something does not compile; the compiler has then said what. */
export async function build() {
  const hash = inputsHash();
  const generated = await generateClients();
  if (generated.length > 0) {
    console.log(`Prisma clients: ${generated.join(', ')}`);
  }
  removeOrphans();
  const compiler = join(ROOT, 'node_modules', 'typescript-native', 'bin', 'tsc');
  const code = await run(process.execPath, [compiler, '--build', ROOT]);
  if (code !== 0) {
    throw new SetUpError('The build failed (see above).');
  }
  markCurrent('build', hash);
}

/** Sizes and times of all that the build reads. Content would be surer and slower; a wrong "stale" costs 1 s. */
function inputsHash() {
  const hash = createHash('sha256');
  const folders = packageFolders();
  const files = [
    ...readdirSync(ROOT).map((name) => join(ROOT, name)),
    ...folders.flatMap((folder) => readdirSync(folder).map((name) => join(folder, name))),
    ...folders.flatMap((folder) => filesBelow(join(folder, 'src'))),
    ...filesBelow(join(ROOT, 'prisma')).filter((file) => file.endsWith('schema.prisma')),
  ].filter((file) => /(\.tsx?|\.prisma|tsconfig.*\.json|package\.json|pnpm-lock\.yaml)$/.test(file));
  for (const file of files.sort()) {
    const { size, mtimeMs } = statSync(file);
    hash.update(`${relative(ROOT, file)} ${size} ${mtimeMs}\n`);
  }
  return hash.digest('hex');
}

/** Removes compiled files whose source is gone: a deleted test would still run. */
function removeOrphans() {
  for (const folder of packageFolders()) {
    const output = join(folder, 'dist');
    for (const file of filesBelow(output).filter((name) => /\.(d\.ts|js|js\.map)$/.test(name))) {
      const stem = basename(file).replace(/\.(d\.ts|js|js\.map)$/, '');
      const source = join(folder, 'src', relative(output, dirname(file)), stem);
      if (!['.ts', '.tsx'].some((ending) => existsSync(source + ending))) {
        rmSync(file);
      }
    }
  }
}

function filesBelow(folder) {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true }).flatMap((entry) => {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      return ['node_modules', 'generated', 'dist'].includes(entry.name) ? [] : filesBelow(path);
    }
    return [path];
  });
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  build().catch(fail);
}
