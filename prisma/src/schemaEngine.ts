import { PrismaPg } from '@prisma/adapter-pg';
import { bindMigrationAwareSqlAdapterFactory, ColumnTypeEnum } from '@prisma/driver-adapter-utils';
import type { SchemaEngine } from '@prisma/schema-engine-wasm/schema_engine_bg';
import { readFile } from 'node:fs/promises';
import { type FieldDef, Pool, type QueryResult, types } from 'pg';

/** What is used of it; Node's types declare it only together with a browser's. */
declare const WebAssembly: {
  instantiate(code: Uint8Array, imports: object): Promise<{ instance: { exports: Record<string, unknown> } }>;
};

/** Tables and enums that Prisma should leave alone: none, for ours live in schemas that it does not look at. */
export const NO_FILTER = { externalTables: [], externalEnums: [] };

/**
 * Opens Prisma's schema engine on a database, for `work`, and closes the connection. It is WebAssembly in an ES
 * module and takes some 40 MB: to be used in a thread of its own, which returns the memory when it ends.
 */
export async function withSchemaEngine<T>(
  url: string,
  work: (engine: SchemaEngine) => Promise<T>,
): Promise<T> {
  const { SchemaEngine } = await loadEngine();
  const pool = new CatalogPool({ connectionString: url, max: 1, application_name: 'foyer-migrate' });
  try {
    const adapter = bindMigrationAwareSqlAdapterFactory(new EngineAdapter(pool));
    return await work(await SchemaEngine.new({ datamodels: undefined }, () => undefined, adapter));
  } finally {
    await pool.end();
  }
}

/**
 * Prisma's adapter with two repairs for the engine:
 * - its `executeScript` cuts a script at every semicolon, those inside function bodies too; sent whole, Postgres
 *   cuts it itself;
 * - it does not know the one-byte type "char" of Postgres's catalog, which the engine reads to compare schemas.
 */
class EngineAdapter extends PrismaPg {
  constructor(private readonly pool: CatalogPool) {
    super(pool);
  }

  override async connect(): ReturnType<PrismaPg['connect']> {
    const adapter = await super.connect();
    adapter.executeScript = async (script) => {
      await adapter.executeRaw({ sql: script, args: [], argTypes: [] });
    };
    const queryRaw = adapter.queryRaw.bind(adapter);
    adapter.queryRaw = async (query) => {
      const result = await queryRaw(query);
      const charColumns = this.pool.charColumns.get(result.rows) ?? [];
      for (const column of charColumns) {
        result.columnTypes[column] = ColumnTypeEnum.Character;
      }
      return result;
    };
    return adapter;
  }
}

/** Calls "char" text, and remembers for each result which columns were. */
class CatalogPool extends Pool {
  readonly charColumns = new WeakMap<unknown[], number[]>();

  override query = (async (...parameters: never[]) => {
    const result = await (super.query as (...parameters: never[]) => Promise<QueryResult>)(...parameters);
    const { fields, rows } = result;
    // A script of several statements has a list of results, which nobody reads.
    if (!Array.isArray(result)) {
      const columns = [...fields.keys()].filter((column) => isChar(fields[column]));
      for (const column of columns) {
        (fields[column] as FieldDef).dataTypeID = types.builtins.TEXT;
      }
      this.charColumns.set(rows, columns);
    }
    return result;
  }) as Pool['query'];
}

function isChar(field: FieldDef | undefined): boolean {
  return field?.dataTypeID === types.builtins.CHAR;
}

/** Loads the engine by hand: its own entry imports the .wasm file as a module, which Node 20 cannot. */
async function loadEngine() {
  const engine = await import('@prisma/schema-engine-wasm/schema_engine_bg');
  const wasmFile = require.resolve('@prisma/schema-engine-wasm/schema_engine_bg').replace(/\.js$/, '.wasm');
  const { instance } = await WebAssembly.instantiate(await readFile(wasmFile), {
    './schema_engine_bg.js': engine,
  });
  engine.__wbg_set_wasm(instance.exports);
  (instance.exports['__wbindgen_start'] as () => void)();
  return engine;
}
