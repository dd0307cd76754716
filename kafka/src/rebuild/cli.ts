import { ConfigurationError, createPool, Environment, runningDatabaseUrl } from '@foyer/platform';
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { RebuildError } from './rebuildError.js';
import { RebuildUsageError, runRebuild } from './runRebuild.js';

/** The repository's root: this file is kafka/dist/rebuild/cli.js. */
const ROOT = resolve(__dirname, '../../..');

/** Looking for gaps reads the whole archive once. */
const STATEMENT_TIMEOUT = 60 * 60 * 1000;

/** `npm run rebuild`. Exit status 1 when it could not do what it was told; the projection is then as it was. */
async function main(): Promise<void> {
  const pools: Pool[] = [];
  try {
    await runRebuild(process.argv.slice(2), {
      async open(subgraph) {
        const url = await runningDatabaseUrl(new Environment(), subgraph, ROOT);
        const pool = createPool(url, {
          max: 2,
          applicationName: 'foyer-rebuild',
          statementTimeoutMs: STATEMENT_TIMEOUT,
        });
        pools.push(pool);
        return pool;
      },
      say: (line) => process.stdout.write(`${line}\n`),
    });
  } catch (error) {
    const expected = [RebuildUsageError, RebuildError, ConfigurationError].some(
      (kind) => error instanceof kind,
    );
    process.stderr.write(`${expected ? (error as Error).message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    for (const pool of pools) await pool.end();
  }
}

void main();
