import { createLog, createPool, Environment, pgTransaction, type SqlTransaction } from '@foyer/platform';
import { createBusFromEnvironment } from '../bus/createBusFromEnvironment.js';
import { createMessaging } from '../messaging/createMessaging.js';
import { recordCounted } from './counted.js';
import type { SubgraphTask } from './spawnSubgraph.js';

/** The program that `spawnSubgraph` starts. */
async function main(): Promise<void> {
  const { hangOn, dieOn } = JSON.parse(process.argv[2] ?? '') as SubgraphTask;
  const environment = new Environment();
  const log = createLog('subgraph', process.env['TEST_LOG_LEVEL'] ?? 'silent');
  const pool = createPool(environment.text('NOTIFICATIONS_DATABASE_URL'), {
    max: 4,
    applicationName: 'test',
  });
  const handler = recordCounted({
    then: async ({ data }) => {
      if (data.number === dieOn) process.exit(9);
      if (data.number === hangOn) {
        process.stdout.write('reached\n');
        await new Promise(() => undefined);
      }
    },
  });
  await createMessaging<SqlTransaction>({
    subgraph: 'notifications',
    bus: await createBusFromEnvironment(environment, log),
    database: { pool, transaction: (work) => pgTransaction(pool, (sql) => work(sql, sql)) },
    handlers: [handler],
    log,
  }).start();
}

void main();
