import { createPool, type Environment, type Log } from '@foyer/platform';
import type { EventBus } from './eventBus.js';
import { createPostgresBus, DEFAULT_PARTITIONS } from './postgres/createPostgresBus.js';

const BUS_CONNECTIONS = 4;

/**
 * The bus that the environment names: `BUS_DATABASE_URL` is the database of the log, `BUS_PARTITIONS` the
 * number of partitions of each topic (default 8, fixed once the log exists).
 *
 * @throws ConfigurationError when a variable is missing or the number differs from the log's.
 */
export async function createBusFromEnvironment(environment: Environment, log: Log): Promise<EventBus> {
  const url = environment.text('BUS_DATABASE_URL');
  const partitions = environment.integer('BUS_PARTITIONS', DEFAULT_PARTITIONS, { minimum: 1, maximum: 256 });
  const pool = createPool(url, { max: BUS_CONNECTIONS, applicationName: 'foyer-bus' });
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
