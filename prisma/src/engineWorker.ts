// Runs in a thread of its own, started by applyMigrations.ts.
import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory } from '@prisma/driver-adapter-utils';
import { readFile } from 'node:fs/promises';
import { parentPort, workerData } from 'node:worker_threads';
import { Pool } from 'pg';

import type { EngineAnswer, EngineJob } from './applyMigrations.js';

/** What is used of it; Node's types declare it only together with a browser's. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * The adapter's own `executeScript` cuts a script at every semicolon, those inside function bodies too. Sent
 * whole, Postgres cuts it itself.
 */
class WholeScriptPg extends PrismaPg {
  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.underlyingDriver().query(script);
    };
    return adapter;
  }
}

/** Loads the engine by hand: its own entry imports the .wasm file as a module, which Node 20 cannot. */
async function loadEngine() {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasmFile = require
    .resolve('@prisma/schema-engine-wasm/schema_engine_bg')
    .replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), {
    './schema_engine_bg.js': engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return engine;
}

async function run({ url, migrations }: EngineJob): Promise<string[]> {
  const { SchemaEngine } = await loadEngine();
  const pool = new Pool({ connectionString: url, max: 1, application_name: 'foyer-migrate' });
  const adapter = bindMigrationAwareSqlAdapterFactory(new WholeScriptPg(pool, { disposeExternalPool: true }));
  const engine = await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter);
  const { appliedMigrationNames } = await engine.applyMigrations({
    migrationsList: {
      baseDir: '/',
      lockfile: { path: 'migration_lock.toml', content: 'provider = "postgresql"\n' },
      shadowDbInitScript: '',
      migrationDirectories: migrations.map(({ name, sql }) => ({
        path: name,
        migrationFile: { path: 'migration.sql', content: { tag: 'ok', value: sql } },
      })),
    },
    filters: NO_FILTER,
  });
  await pool.end();
  return appliedMigrationNames;
}

run(workerData as EngineJob)
  .then(
    (applied): EngineAnswer => ({ applied }),
    (error: unknown): EngineAnswer => ({ error: error instanceof Error ? error.message : String(error) }),
  )
  .then((answer) => parentPort?.postMessage(answer));
