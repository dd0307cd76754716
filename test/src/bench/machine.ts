import { availableParallelism, cpus, release, totalmem, type } from 'node:os';
import { createPool } from '@foyer/platform';
import { measureCommits } from './measureCommits.js';

/** What figures are worth nothing without. @param adminUrl of the Postgres that is measured on. */
export async function describeMachine(adminUrl: string): Promise<string> {
  const pool = createPool(adminUrl, { max: 1, applicationName: 'bench' });
  const { rows } = await pool.query<{ version: string }>(
    `select current_setting('server_version') as version`,
  );
  await pool.end();
  const { perSecond, medianMs } = await measureCommits(adminUrl, 1);
  return [
    `${availableParallelism()} cores (${cpus()[0]?.model.trim() ?? 'unknown'})`,
    `${Math.round(totalmem() / 2 ** 30)} GB of memory`,
    `${type()} ${release()}`,
    `Node ${process.versions.node}`,
    `Postgres ${rows[0]?.version.split(' ')[0] ?? ''} with the settings of \`npm start\`, fsync and synchronous_commit on`,
    `one durable commit after another: ${Math.round(perSecond)}/s, ${medianMs.toFixed(2)} ms each`,
  ].join('; ');
}
