import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { startBroker } from '@foyer/kafka/broker';
import { createLog, portVariable, PROCESS_NAMES, startRedisServer, type ProcessName } from '@foyer/platform';
import { startDistributed, type PlannedProcess } from '@foyer/system';
import { startCountingProxy } from './countingProxy.js';
import { makeOperator } from './makeOperator.js';
import type { Person } from './story.js';
import type { SystemOfParts, SystemWithUpstream } from './suiteSystem.js';
import { createTestEnvironment } from './testEnvironment.js';

/** The distributed system on a Kafka and a Redis of its own, with all that suites take hold of. */
export interface DistributedTestSystem extends SystemWithUpstream, SystemOfParts {
  /** Itself, for a suite that shares it with others: when the suite is over, its people go, and the system stays. */
  shared(): Promise<DistributedTestSystem>;
}

/**
 * Starts it, on databases of its own in the tests' Postgres. The gateways reach the first waiting room through
 * a proxy.
 */
export async function startDistributedTestSystem(
  overrides: Readonly<Record<string, string>> = {},
): Promise<DistributedTestSystem> {
  const stops: (() => Promise<unknown>)[] = [];
  const stop = async (): Promise<void> => {
    for (const each of stops.splice(0).reverse()) await each();
  };
  try {
    const folder = await mkdtemp(join(tmpdir(), 'foyer-e2e-'));
    stops.push(() => rm(folder, { recursive: true, force: true }));
    const [environment, kafka, redis] = await Promise.all([
      createTestEnvironment({
        ...Object.fromEntries(PROCESS_NAMES.map((name) => [portVariable(name), '0'])),
        ...overrides,
      }),
      startBroker({ folder: join(folder, 'kafka') }),
      startRedisServer({ folder: join(folder, 'redis') }),
    ]);
    stops.push(
      () => environment.drop(),
      () => kafka.stop(),
      () => redis.stop(),
    );
    // Filled while the processes are planned: the proxies are asked for before all of them run.
    const planned: PlannedProcess[] = [];
    const urlsOf = (name: ProcessName): readonly string[] =>
      planned.filter((process) => process.name === name).map(({ url }) => url);
    const upstream = await startCountingProxy(() => urlsOf('waitroom')[0] ?? '');
    stops.push(() => upstream.close());
    const system = await startDistributed({
      folder,
      log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
      variables: { ...environment.variables, KAFKA_BROKERS: kafka.brokers, REDIS_URL: redis.url },
      variablesOf(process) {
        planned.push(process);
        return process.name === 'gateway' ? { WAITROOM_URL: upstream.url } : {};
      },
    });
    stops.push(() => system.stop());
    const [endpoint = ''] = system.endpoints;
    const { variables } = system;
    const bare = { endpoint, variables };
    const staff: Person[] = [];
    const operator = await makeOperator({ ...bare, people: staff });
    stops.push(() => operator.close());
    const first = PROCESS_NAMES.map((name) => [name, urlsOf(name)[0] ?? ''] as const);

    const play = (end: () => Promise<void>): DistributedTestSystem => {
      const people: Person[] = [];
      return {
        ...bare,
        operator,
        people,
        upstream,
        addresses: Object.fromEntries(first) as Record<ProcessName, string>,
        async down(name) {
          system.pause(name);
          const own = system.processes.filter((process) => process.name === name);
          await Promise.all(own.map(({ index }) => system.kill(name, index, 'SIGKILL')));
        },
        async up(name) {
          system.resume(name);
          await system.ready(60_000, name);
        },
        shared: () => Promise.resolve(play(() => Promise.resolve())),
        async stop() {
          await Promise.all(people.map((person) => person.close()));
          await end();
        },
      };
    };
    return play(stop);
  } catch (error) {
    await stop().catch(() => undefined);
    throw error;
  }
}
