// Generates the Prisma client of every folder that has a schema.prisma, unless it is current.
// `node generate.mjs`; also called by scripts/build.mjs. Uses Node's own modules alone.
import { spawn } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

const packageFolder = dirname(fileURLToPath(import.meta.url));
const generatedFolder = join(packageFolder, 'src', 'generated');
const PARALLEL = 2;

/** Generates what is stale, two at a time, and gives the names; `[]` when all was current. */
export async function generateClients() {
  const names = readdirSync(packageFolder).filter((name) =>
    existsSync(join(packageFolder, name, 'schema.prisma')),
  );
  removeOrphans(names);
  const stale = names.filter((name) => readStamp(name) !== stampOf(name));
  const waiting = [...stale];
  const worker = async () => {
    for (let name = waiting.shift(); name !== undefined; name = waiting.shift()) {
      await generate(name);
    }
  };
  await Promise.all(Array.from({ length: PARALLEL }, worker));
  return stale;
}

/** A client whose schema is gone would go on compiling. */
function removeOrphans(names) {
  if (!existsSync(generatedFolder)) {
    return;
  }
  for (const folder of readdirSync(generatedFolder).filter((folder) => !names.includes(folder))) {
    rmSync(join(generatedFolder, folder), { recursive: true, force: true });
  }
}

async function generate(name) {
  rmSync(join(generatedFolder, name), { recursive: true, force: true });
  const stamp = stampOf(name);
  const { code, output } = await run(['generate', '--schema', join(packageFolder, name, 'schema.prisma')]);
  if (code !== 0) {
    throw new Error(`prisma generate failed for ${name}:\n${output}`);
  }
  useRequire(join(generatedFolder, name, 'internal', 'class.ts'));
  writeFileSync(stampFile(name), stamp);
}

/**
 * The client loads its query compiler by `import()` even in a CommonJS module, which fails inside Jest (its
 * sandbox has no ES modules); what it loads is CommonJS, so that `require` does as well.
 */
function useRequire(file) {
  const source = readFileSync(file, 'utf8');
  writeFileSync(file, source.replaceAll(/await import\((["'][^"']+["'])\)/g, 'require($1)'));
}

function run(args) {
  const prisma = createRequire(import.meta.url).resolve('prisma/build/index.js');
  return new Promise((resolve, reject) => {
    const child = spawn(process.execPath, [prisma, ...args], {
      cwd: packageFolder,
      // Prisma would download an engine that generating does not need, and look for news.
      env: {
        ...process.env,
        PRISMA_SCHEMA_ENGINE_BINARY: '/bin/true',
        PRISMA_HIDE_UPDATE_MESSAGE: '1',
        CHECKPOINT_DISABLE: '1',
      },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk) => (output += chunk));
    child.stderr.on('data', (chunk) => (output += chunk));
    child.once('error', reject);
    child.once('close', (code) => resolve({ code, output }));
  });
}

function stampFile(name) {
  return join(generatedFolder, name, '.stamp');
}

function readStamp(name) {
  return existsSync(stampFile(name)) ? readFileSync(stampFile(name), 'utf8') : null;
}

/** Changes with the schema, with Prisma's version and with this file. */
function stampOf(name) {
  const { version } = createRequire(import.meta.url)('prisma/package.json');
  return createHash('sha256')
    .update(version)
    .update(readFileSync(fileURLToPath(import.meta.url)))
    .update(readFileSync(join(packageFolder, name, 'schema.prisma')))
    .digest('hex');
}

if (process.argv[1] !== undefined && import.meta.url === pathToFileURL(realpathSync(process.argv[1])).href) {
  const names = await generateClients();
  console.log(names.length === 0 ? 'All Prisma clients are current.' : `Generated: ${names.join(', ')}`);
}
