import { createLog, createPool, pgTransaction, type SqlTransaction } from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { Pool } from 'pg';
import type { EventBus } from '../bus/eventBus.js';
import type { EventHandler } from '../inbox/defineHandler.js';
import type { RetryPolicy } from '../inbox/retryPolicy.js';
import { createMessaging, type Messaging } from '../messaging/createMessaging.js';

/** A subgraph that does nothing but publish and handle events. */
export interface TestSubgraph {
  readonly url: string;
  readonly pool: Pool;
  /** Makes another process of the subgraph, not yet started. `stop` of the subgraph stops it. */
  messaging(handlers?: readonly EventHandler<SqlTransaction>[], bus?: EventBus): Messaging;
  /** Stops all of its messaging and removes its database. */
  remove(): Promise<void>;
}

/** Tries often and gives up soon. */
export const TEST_RETRY_POLICY: RetryPolicy = { tries: 3, firstDelay: 2, longestDelay: 10 };

/** A subgraph of this name on an empty database. */
export async function createTestSubgraph(
  subgraph: 'catalog' | 'orders' | 'notifications',
  bus: EventBus,
): Promise<TestSubgraph> {
  const database = await createTestDatabase(subgraph);
  const pool = createPool(database.url, { max: 8, applicationName: 'test' });
  const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');
  const made: Messaging[] = [];
  return {
    url: database.url,
    pool,
    messaging(handlers = [], ownBus = bus) {
      const messaging = createMessaging<SqlTransaction>({
        subgraph,
        bus: ownBus,
        database: { pool, transaction: (work) => pgTransaction(pool, (sql) => work(sql, sql)) },
        handlers,
        log,
        retryPolicy: TEST_RETRY_POLICY,
      });
      made.push(messaging);
      return messaging;
    },
    async remove() {
      for (const messaging of made) await messaging.stop();
      await pool.end();
      await database.drop();
    },
  };
}
