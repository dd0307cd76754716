import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker } from '@foyer/kafka/broker';
import { createLog, portVariable, PROCESS_NAMES, startRedisServer } from '@foyer/platform';
import { startDistributed } from '@foyer/system';
import { makeOperator } from '../harness/makeOperator.js';
import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';
import type { Stage } from '../harness/story.js';
import { createTestEnvironment } from '../harness/testEnvironment.js';

const VARIABLES = {
  // The harness looks for due work more often than `npm start` does, which costs and gains nothing here.
  PAYMENTS_ATTENTION_MS: '1000',
  // Nobody has to log in again while it runs.
  USERS_ACCESS_TOKEN_SECONDS: '3600',
  // Everybody is one address here; the limits are not what is measured.
  WAITROOM_JOINS_PER_PERSON_PER_MINUTE: '100000',
};

/**
 * Starts the whole system in this process on databases of its own.
 * @param adminUrl of the Postgres that they are made on.
 */
export async function startBenchSystem(adminUrl: string): Promise<TestSystem> {
  // Where the harness makes its databases.
  process.env['FOYER_TEST_POSTGRES_URL'] = adminUrl;
  return startTestSystem(VARIABLES);
}

/**
 * Starts it as processes on a Kafka and a Redis of its own: two of inventory, orders, waitroom and gateway, of which the
 * clients use the first.
 */
export async function startDistributedBenchSystem(
  adminUrl: string,
): Promise<Stage & { stop(): Promise<void> }> {
  process.env['FOYER_TEST_POSTGRES_URL'] = adminUrl;
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'foyer-bench-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    const ports = Object.fromEntries(PROCESS_NAMES.map((name) => [portVariable(name), '0']));
    const environment = await createTestEnvironment({ ...ports, ...VARIABLES });
    stops.push(() => environment.drop());
    const kafka = await startBroker({ folder: join(folder, 'kafka') });
    stops.push(() => kafka.stop());
    const redis = await startRedisServer({ folder: join(folder, 'redis') });
    stops.push(() => redis.stop());
    const system = await startDistributed({
      folder,
      log: createLog('bench', 'silent'),
      variables: { ...environment.variables, KAFKA_BROKERS: kafka.brokers, REDIS_URL: redis.url },
    });
    stops.push(() => system.stop());
    const people: Stage['people'] = [];
    const { variables, endpoints } = system;
    const bare = { endpoint: endpoints[0] ?? '', variables, people };
    const operator = await makeOperator(bare);
    stops.push(() => Promise.all(people.map((person) => person.close())));
    return { ...bare, operator, stop };
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
