import { mkdir } from 'node:fs/promises';
import { join, resolve } from 'node:path';
import { createPool, removeEmbeddedPostgres, startEmbeddedPostgres } from '@foyer/platform';

/** A Postgres of one benchmark, empty. */
export interface DurablePostgres {
  /** Of a user that may do anything, to the database `postgres`. */
  readonly adminUrl: string;
  /** Ends it and removes its data. May be called twice. */
  stop(): Promise<void>;
}

const STATE = resolve(__dirname, '../../../.foyer');

/**
 * Starts a Postgres with the settings of `npm start`, on the disk that `npm start` uses: a folder for temporary files
 * may be in memory, where a commit costs nothing.
 * @throws when commits would not be durable.
 */
export async function durablePostgres(): Promise<DurablePostgres> {
  await mkdir(STATE, { recursive: true });
  const dataDirectory = join(STATE, `bench-${process.pid}`);
  // When a row was committed is what the benchmark of events measures; see eventLatency.ts.
  const server = await startEmbeddedPostgres({ dataDirectory, settings: { track_commit_timestamp: 'on' } });
  let stopping: Promise<void> | null = null;
  // A signal and the failure of what it cut off ask for it both.
  const stop = (): Promise<void> =>
    (stopping ??= server.stop().then(() => removeEmbeddedPostgres(dataDirectory)));
  try {
    await requireDurable(server.adminUrl);
  } catch (error) {
    await stop();
    throw error;
  }
  return { adminUrl: server.adminUrl, stop };
}

async function requireDurable(url: string): Promise<void> {
  const pool = createPool(url, { max: 1, applicationName: 'bench' });
  try {
    for (const setting of ['fsync', 'synchronous_commit', 'full_page_writes']) {
      const { rows } = await pool.query<{ value: string }>(`select current_setting($1) as value`, [setting]);
      if (rows[0]?.value !== 'on')
        throw new Error(`${setting} is ${rows[0]?.value ?? 'unknown'}: nothing is measured so.`);
    }
  } finally {
    await pool.end();
  }
}
