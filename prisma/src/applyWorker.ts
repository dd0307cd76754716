// Runs in a thread of its own, started by applyMigrations.ts.
import type { MigrationJob } from './applyMigrations.js';
import { answerWith } from './engineThread.js';
import { NO_FILTER, withSchemaEngine } from './schemaEngine.js';

answerWith(({ url, migrations }: MigrationJob) =>
  withSchemaEngine(url, async (engine) => {
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
    return appliedMigrationNames;
  }),
);
