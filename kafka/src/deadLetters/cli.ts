import { ConfigurationError, createPool, Environment, runningDatabaseUrl } from '@foyer/platform';
import { resolve } from 'node:path';
import type { Pool } from 'pg';
import { runDeadLetters, UsageError } from './runDeadLetters.js';

/** The repository's root: this file is kafka/dist/deadLetters/cli.js. */
const ROOT = resolve(__dirname, '../../..');

/** `npm run dead-letters`. Exit status 1 when it could not do what it was told. */
async function main(): Promise<void> {
  const pools: Pool[] = [];
  try {
    await runDeadLetters(process.argv.slice(2), {
      async open(subgraph) {
        const url = await runningDatabaseUrl(new Environment(), subgraph, ROOT);
        const pool = createPool(url, { max: 1, applicationName: 'foyer-dead-letters' });
        pools.push(pool);
        return pool;
      },
      say: (line) => process.stdout.write(`${line}\n`),
    });
  } catch (error) {
    const expected = error instanceof UsageError || error instanceof ConfigurationError;
    process.stderr.write(`${expected ? error.message : String(error)}\n`);
    process.exitCode = 1;
  } finally {
    for (const pool of pools) await pool.end();
  }
}

void main();
