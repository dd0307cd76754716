import { readdirSync } from 'node:fs';
import { join, relative, sep } from 'node:path';

import { packageFolders, ROOT } from '../paths.mjs';

/** What pnpm installs by. */
const MANIFESTS = ['package.json', 'pnpm-lock.yaml', 'pnpm-workspace.yaml', 'LICENSE'];

/** Packages that no process of an installation runs. */
const LEFT_OUT = ['test'];

/**
 * The files of ours that go into the image, as paths from the repository's root: each package's manifest, its compiled
 * code, and what that reads at run time. No source, no test, nothing that is not named here.
 */
export function shippedFiles() {
  const packages = packageFolders().filter((folder) => !LEFT_OUT.includes(relative(ROOT, folder)));
  return [
    ...MANIFESTS,
    ...packages.flatMap((folder) => filesOfPackage(folder).map((file) => relative(ROOT, join(folder, file)))),
  ].sort();
}

function filesOfPackage(folder) {
  return filesBelow(folder, ['node_modules', 'src']).filter(
    (file) => file === 'package.json' || isCode(file) || isRead(file),
  );
}

/** Compiled code, without tests and what is for tests, without types and maps for tools. */
function isCode(file) {
  return /^dist\/.*\.js$/.test(file) && !/\.test\.js$|(^|\/)testing\//.test(file);
}

/** Schemas of the graph, pages, and migrations. */
function isRead(file) {
  return (
    /^[a-z]+\.graphql$/.test(file) || file.startsWith('pages/') || /^[a-z]+\/migrations\/.*\.sql$/.test(file)
  );
}

/** Paths from `folder`, with forward slashes. */
function filesBelow(folder, leftOut, inside = '') {
  return readdirSync(join(folder, inside), { withFileTypes: true }).flatMap((entry) => {
    const path = join(inside, entry.name);
    if (entry.isDirectory()) {
      return leftOut.includes(entry.name) ? [] : filesBelow(folder, leftOut, path);
    }
    return [path.split(sep).join('/')];
  });
}
