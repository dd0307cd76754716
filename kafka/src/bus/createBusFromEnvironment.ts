import { createPool, type Environment, type Log } from '@foyer/platform';
import type { EventBus } from './eventBus.js';
import { createKafkaBus } from './kafka/createKafkaBus.js';
import { readKafkaSettings } from './kafka/kafkaSettings.js';
import { createPostgresBus } from './postgres/createPostgresBus.js';
import { readPartitions } from './readPartitions.js';

const BUS_CONNECTIONS = 4;

/**
 * The bus that the environment names: Apache Kafka where `KAFKA_BROKERS` is set (see `readKafkaSettings`), else the
 * log in the database `BUS_DATABASE_URL`. `BUS_PARTITIONS` is the number of partitions of each topic (default 8,
 * fixed once the topics exist).
 *
 * @throws ConfigurationError when a variable is missing or can't be used, or the number differs from the topics'.
 */
export async function createBusFromEnvironment(environment: Environment, log: Log): Promise<EventBus> {
  const partitions = readPartitions(environment);
  const settings = readKafkaSettings(environment);
  if (settings !== null) return await createKafkaBus({ settings, partitions, log });
  const pool = createPool(environment.text('BUS_DATABASE_URL'), {
    max: BUS_CONNECTIONS,
    applicationName: 'foyer-bus',
  });
  try {
    const bus = await createPostgresBus({ pool, partitions, log });
    return {
      ...bus,
      async close() {
        await bus.close();
        await pool.end();
      },
    };
  } catch (error) {
    await pool.end();
    throw error;
  }
}
