import { createLog, createPool } from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import { Client, type Pool } from 'pg';
import type { CloudEvent } from '../../event/cloudEvent.js';
import { describeBusContract } from '../../testing/busContract.js';
import type { EventBus } from '../eventBus.js';
import { createPostgresBus } from './createPostgresBus.js';
import { partitionOf } from './partitionOf.js';

const PARTITIONS = 8;
const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');

describeBusContract('Postgres', async () => {
  const database = await createTestDatabase('bus');
  const pools: Pool[] = [];

  async function open(partitions: number): Promise<EventBus> {
    const pool = createPool(database.url, { max: 4, applicationName: 'test' });
    pools.push(pool);
    return await createPostgresBus({ pool, log, partitions });
  }

  return {
    environment: { BUS_DATABASE_URL: database.url, BUS_PARTITIONS: String(PARTITIONS) },
    open: () => open(PARTITIONS),
    openWrongly: () => open(PARTITIONS + 1),
    async holdAppend(topic, events: readonly CloudEvent[]) {
      const client = new Client(database.url);
      await client.connect();
      await client.query('begin');
      await client.query(
        `select bus.append(array_agg(p.id), array_agg(e.id), array_agg(e.subject), array_agg(e.event))
         from jsonb_to_recordset($1::jsonb) as e (id text, subject text, partition int, event text)
         join bus.topic_partition p on p.topic = $2 and p.partition = e.partition`,
        [
          JSON.stringify(
            events.map((event) => ({
              id: event.id,
              subject: event.subject,
              partition: partitionOf(event.subject, PARTITIONS),
              event: JSON.stringify(event),
            })),
          ),
          topic,
        ],
      );
      return {
        async commit() {
          await client.query('commit');
          await client.end();
        },
      };
    },
    async remove() {
      for (const pool of pools) await pool.end();
      await database.drop();
    },
  };
});
