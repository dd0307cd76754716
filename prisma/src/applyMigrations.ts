import { join } from 'node:path';

import { runEngineThread } from './engineThread.js';
import type { Migration } from './migrations.js';

/** What the thread is given. */
export interface MigrationJob {
  readonly url: string;
  readonly migrations: readonly Migration[];
}

/**
 * Applies the migrations that the database lacks with Prisma's own schema engine and gives their names.
 * Rejects with the engine's message.
 */
export function applyMigrations(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const job: MigrationJob = { url, migrations };
  return runEngineThread<string[]>(join(__dirname, 'applyWorker.js'), job);
}
