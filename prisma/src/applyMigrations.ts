import { join } from 'node:path';
import { Worker } from 'node:worker_threads';

import type { Migration } from './migrations.js';

/** What the worker is given. */
export interface EngineJob {
  readonly url: string;
  readonly migrations: readonly Migration[];
}

/** What the worker answers. */
export type EngineAnswer = { readonly applied: string[] } | { readonly error: string };

/**
 * Applies the migrations that the database lacks with Prisma's own schema engine and gives their names. The
 * engine is WebAssembly in an ES module; a thread of its own returns its memory when it is done, and loads it
 * where the caller cannot (inside Jest). Rejects with the engine's message.
 */
export function applyMigrations(url: string, migrations: readonly Migration[]): Promise<string[]> {
  const job: EngineJob = { url, migrations };
  const worker = new Worker(join(__dirname, 'engineWorker.js'), { workerData: job });
  return new Promise<string[]>((resolve, reject) => {
    worker.once('message', (answer: EngineAnswer) => {
      if ('applied' in answer) {
        resolve(answer.applied);
      } else {
        reject(new Error(answer.error));
      }
    });
    worker.once('error', reject);
    worker.once('exit', () => reject(new Error('The migration engine ended without an answer.')));
  }).finally(() => worker.terminate());
}
