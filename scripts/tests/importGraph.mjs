// Which file uses which: read from the sources' import and export statements as prettier writes them. An import by name is
// followed through index files to the file that defines the name, so that who takes one function of a package is not taken
// for a user of all of it. Types are left out: they change nothing at run time.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

import { packageFolders } from '../paths.mjs';

const STATEMENT = /^(?:import|export)\s+(type\s+)?(?:([^'";]*?)\s*from\s+)?'([^']+)';/gms;
/** A file that is loaded or run by name: `jest.mock('./a.js')`, `join(__dirname, 'b.js')`. */
const NAMED_FILE = /'((?:\.\.?\/)*[\w./-]+\.js)'/g;

/** Reads all sources. @returns a map from each file to the files that it uses, both by absolute path. */
export function readImportGraph() {
  const files = new Map();
  for (const folder of packageFolders()) {
    for (const file of sourcesBelow(join(folder, 'src'))) {
      files.set(file, readStatements(file));
    }
  }
  const entries = readEntries();
  const graph = new Map();
  for (const [file, { imports, named }] of files) {
    const used = new Set(named.filter((path) => files.has(path)));
    for (const { names, from } of imports) {
      const target = locate(from, file, entries);
      if (target === null || !files.has(target)) {
        continue;
      }
      for (const name of names) {
        for (const definition of definitionsOf(name, target, files, entries)) {
          used.add(definition);
        }
      }
    }
    graph.set(file, used);
  }
  return graph;
}

/** Every file that one uses, directly or not, itself included, each with its distance in steps. */
export function reachableFrom(file, graph) {
  const distances = new Map([[file, 0]]);
  for (const [each, distance] of distances) {
    for (const next of graph.get(each) ?? []) {
      if (!distances.has(next)) {
        distances.set(next, distance + 1);
      }
    }
  }
  return distances;
}

function readStatements(file) {
  const text = readFileSync(file, 'utf8');
  const imports = [];
  const exports = [];
  for (const [statement, type, clause = '', from] of text.matchAll(STATEMENT)) {
    if (type !== undefined) {
      continue;
    }
    const names = namesOf(clause);
    (statement.startsWith('export') ? exports : imports).push({ names, from });
  }
  const named = [...text.matchAll(NAMED_FILE)].map(([, path]) =>
    resolve(dirname(file), path.replace(/\.js$/, '.ts')),
  );
  return { imports: [...imports, ...exports], exports, named };
}

/** `{ a, b as c, type D }` gives a and b; `*` and what has no braces give all of the file. */
function namesOf(clause) {
  const braces = /\{([^}]*)\}/s.exec(clause);
  if (braces === null) {
    return ['*'];
  }
  return braces[1]
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '' && !part.startsWith('type '))
    .map((part) => part.split(/\s+as\s+/)[0]);
}

/** The files that define a name which a file exports: the file itself, or where it has the name from. */
function definitionsOf(name, file, files, entries, seen = new Set()) {
  if (seen.has(file)) {
    return [];
  }
  seen.add(file);
  const exports = files.get(file)?.exports ?? [];
  const through = exports.filter(({ names }) => name === '*' || names.includes(name) || names.includes('*'));
  const named = through.filter(({ names }) => names.includes(name));
  const found = (named.length > 0 ? named : through).flatMap(({ from }) => {
    const target = locate(from, file, entries);
    return target === null ? [] : definitionsOf(name, target, files, entries, seen);
  });
  return found.length === 0 || name === '*' ? [file, ...found] : found;
}

/** The source that an import means; null for what is not ours. */
function locate(from, file, entries) {
  if (from.startsWith('.')) {
    const path = resolve(dirname(file), from.replace(/\.js$/, '.ts'));
    return existsSync(path) ? path : null;
  }
  return entries.get(from) ?? null;
}

/** `@foyer/platform/testing` and its like, by the packages' own `exports`. */
function readEntries() {
  const entries = new Map();
  for (const folder of packageFolders()) {
    const {
      name,
      main,
      exports = { '.': main },
    } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    for (const [path, target] of Object.entries(exports)) {
      const output = typeof target === 'string' ? target : target?.default;
      if (output !== undefined) {
        const source = join(folder, output.replace(/^(\.\/)?dist\//, 'src/').replace(/\.js$/, '.ts'));
        entries.set(join(name, path), source);
      }
    }
  }
  return entries;
}

function sourcesBelow(folder) {
  if (!existsSync(folder)) {
    return [];
  }
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.ts'))
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name))
    .filter((file) => !file.includes('/generated/'));
}
