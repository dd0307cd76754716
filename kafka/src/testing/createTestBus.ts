import { createLog, createPool } from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { EventBus } from '../bus/eventBus.js';
import { createPostgresBus } from '../bus/postgres/createPostgresBus.js';

/** A bus of one test, on a log of its own. */
export interface TestBus extends EventBus {
  /** Where its log is, for a second process that shares it. */
  readonly url: string;
}

/** A bus on an empty log; `close` removes the log as well. Needs the server that `npm test` starts. */
export async function createTestBus(options: { readonly partitions?: number } = {}): Promise<TestBus> {
  const database = await createTestDatabase('bus');
  const pool = createPool(database.url, { max: 4, applicationName: 'foyer-bus' });
  const log = createLog('test-bus', process.env['TEST_LOG_LEVEL'] ?? 'silent');
  const bus = await createPostgresBus({ pool, log, ...options });
  return {
    ...bus,
    url: database.url,
    async close() {
      await bus.close();
      await pool.end();
      await database.drop();
    },
  };
}
