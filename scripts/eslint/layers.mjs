// The import rules of DESIGN §1 as data. ESLint applies them by importLayers.mjs.
import { builtinModules } from 'node:module';
import { dirname, posix } from 'node:path';

const SUBGRAPHS = 'subgraphs/';

/** What each folder may import of ours, besides itself. Subgraphs are all alike; see `mayImport`. */
const LAYERS = new Map([
  ['platform', []],
  ['schema', ['platform']],
  ['prisma', ['platform']],
  ['kafka', ['platform']],
  ['gateway', ['platform', 'schema', 'kafka', 'prisma']],
  ['subgraph', ['platform', 'schema', 'kafka', 'prisma']],
]);

/** Node's own modules that compute and do nothing else. */
const PURE_BUILTINS = ['assert', 'buffer', 'crypto', 'path', 'string_decoder', 'url', 'util'];

/** Packages that talk to something outside of the process. */
const IO_PACKAGES =
  /^(pg|@prisma\/.*|fastify|@fastify\/.*|undici|ws|graphql-ws|nodemailer|smtp-server|kafkajs|ioredis|@apollo\/(server|gateway).*)$/;

/**
 * Tells why `file` may not import `specifier`, or gives null when it may. `file` is a path from the root of the
 * repository with forward slashes. Only sources of packages are judged.
 */
export function judgeImport(file, specifier) {
  const importer = describe(file);
  if (importer === null) {
    return null;
  }
  const target = resolve(file, importer, specifier);
  return (
    (target.package !== null && judgePackage(importer, target)) ||
    (importer.part === 'domain' && judgeDomain(target)) ||
    (importer.subgraph !== null && judgeDatabase(importer, target)) ||
    null
  );
}

/** Which package and part a source belongs to; null for what is no source of a package under the rules. */
function describe(file) {
  const match = /^(subgraphs\/([^/]+)|[^/]+)\/src\/(.+)$/.exec(file);
  if (match === null) {
    return null;
  }
  const [, packageFolder, subgraph = null, inner] = match;
  return {
    package: packageFolder,
    subgraph,
    layer: subgraph === null ? packageFolder : 'subgraph',
    part: inner.includes('/') ? inner.split('/')[0] : inner,
    isTest: /\.test\.tsx?$/.test(inner) || /(^|\/)testing\//.test(inner),
  };
}

/**
 * What an import leads to: `package` is the folder of ours it enters, null when it stays at home or leads outside;
 * `entry` is what follows the package's name; `home` the part of the own package; `outside` another's package.
 */
function resolve(file, importer, specifier) {
  if (specifier.startsWith('.')) {
    const path = posix.normalize(`${dirname(file)}/${specifier}`);
    const own = `${importer.package}/src/`;
    if (path.startsWith(own)) {
      const inner = path.slice(own.length);
      return { package: null, home: inner.split('/')[0], specifier };
    }
    return { package: packageOf(path), entry: '', byPath: true, specifier };
  }
  const ours = /^@foyer\/([^/]+)\/?(.*)$/.exec(specifier);
  if (ours !== null) {
    const [, name, entry] = ours;
    const folder = LAYERS.has(name) || ['system', 'test'].includes(name) ? name : SUBGRAPHS + name;
    return folder === importer.package
      ? { package: null, home: '', specifier }
      : { package: folder, entry, specifier };
  }
  return { package: null, outside: specifier, specifier };
}

function packageOf(path) {
  return /^subgraphs\/[^/]+/.exec(path)?.[0] ?? path.split('/')[0];
}

function judgePackage(importer, target) {
  const allowed = LAYERS.get(importer.layer);
  if (allowed === undefined) {
    return null; // system and test may import all.
  }
  if (target.byPath) {
    return `import "${target.package}" by its name, not by a path out of the package.`;
  }
  if (target.package.startsWith(SUBGRAPHS)) {
    return importer.subgraph === null
      ? `${importer.package} knows no subgraph.`
      : 'a subgraph imports no other: what it must know comes by events or through its schema.';
  }
  if (target.entry === 'testing') {
    return judgeTesting(importer, target, allowed);
  }
  if (!allowed.includes(target.package)) {
    return importer.layer === 'kafka' && target.package === 'prisma' && importer.isTest
      ? null
      : `${importer.package} may import ${allowed.join(', ') || 'nothing of ours'}.`;
  }
  if (importer.layer === 'schema' && target.entry !== 'domain') {
    return 'schema may import "@foyer/platform/domain" alone: it compiles and checks without starting anything.';
  }
  if (target.package === 'prisma' && target.entry !== '') {
    const own = importer.subgraph ?? importer.package;
    return target.entry === own
      ? null
      : `${importer.package} has no access to the database of "${target.entry}".`;
  }
  return null;
}

function judgeTesting(importer, target, allowed) {
  if (!importer.isTest) {
    return 'what is for tests is imported by tests alone.';
  }
  const may = allowed.includes(target.package) || (importer.layer === 'kafka' && target.package === 'prisma');
  return may ? null : `${importer.package} may import ${allowed.join(', ') || 'nothing of ours'}.`;
}

function judgeDomain(target) {
  const reason = 'files in domain/ do no I/O and know nobody who does.';
  if (target.package !== null) {
    return target.package === 'platform' && target.entry === 'domain'
      ? null
      : `${reason} Of ours they import "@foyer/platform/domain" alone.`;
  }
  if (target.home !== undefined) {
    return target.home === 'domain' ? null : `${reason} This leads out of domain/.`;
  }
  const builtin = target.outside.replace(/^node:/, '');
  const isImpure = builtinModules.includes(builtin) && !PURE_BUILTINS.includes(builtin);
  return isImpure || IO_PACKAGES.test(target.outside) ? reason : null;
}

/** Only store/ touches the database; subgraph.ts opens it, main.ts asks whether it is migrated, tests prepare it. */
function judgeDatabase(importer, target) {
  const mayOpen = ['store', 'subgraph.ts', 'main.ts'].includes(importer.part) || importer.isTest;
  const isDatabase = target.package === 'prisma' || /^(pg|@prisma\/.*)$/.test(target.outside ?? '');
  return isDatabase && !mayOpen ? 'only store/ touches the database (subgraph.ts may open it).' : null;
}
