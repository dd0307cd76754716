import { createLog, Environment } from '@foyer/platform';
import { startSystem, type System, type SystemOptions } from '@foyer/system';
import { makeOperator } from './makeOperator.js';
import type { Stage } from './story.js';
import { createTestEnvironment } from './testEnvironment.js';

/** The whole system in this process, on databases of its own. */
export interface TestSystem extends System, Stage {}

/** How the system is started. */
export interface TestSystemOptions {
  /** Subgraphs made another way, from the variables that every process of the system has. */
  readonly factories?: (variables: Stage['variables']) => Promise<SystemOptions['factories']>;
}

/** Starts the system. `stop` also drops its databases. */
export async function startTestSystem(
  overrides: Readonly<Record<string, string>> = {},
  options: TestSystemOptions = {},
): Promise<TestSystem> {
  const { variables, drop } = await createTestEnvironment(overrides);
  const environment = new Environment(variables);
  const system = await startSystem({
    environment,
    log: createLog('test', process.env['TEST_LOG'] ?? 'silent'),
    factories: (await options.factories?.(variables)) ?? {},
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
