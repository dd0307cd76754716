import { createLog, Environment } from '@foyer/platform';
import { startSystem, type System, type SystemOptions } from '@foyer/system';
import { makeOperator } from './makeOperator.js';
import type { Stage } from './story.js';
import { createTestEnvironment } from './testEnvironment.js';

/** The whole system in this process, on databases of its own. */
export interface TestSystem extends System, Stage {}

/** Starts the system. `stop` also drops its databases. */
export async function startTestSystem(
  overrides: Readonly<Record<string, string>> = {},
  options: Pick<SystemOptions, 'factories'> = {},
): Promise<TestSystem> {
  const { variables, drop } = await createTestEnvironment(overrides);
  const environment = new Environment(variables);
  const system = await startSystem({
    ...options,
    environment,
    log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
  });
  const { endpoint } = system;
  const people: Stage['people'] = [];
  const operator = await makeOperator({ endpoint, variables, people });
  return {
    ...system,
    variables,
    people,
    operator,
    async stop() {
      await Promise.all(people.map((person) => person.close()));
      await system.stop();
      await drop();
    },
  };
}
