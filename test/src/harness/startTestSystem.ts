import { createLog, createSealer, Environment } from '@foyer/platform';
import { openSeeding } from '@foyer/users/seeding';
import { startSystem, type System, type SystemOptions } from '@foyer/system';
import { logIn, type Person } from './story.js';
import { createTestEnvironment, type TestEnvironment } from './testEnvironment.js';

/** The whole system in this process, on databases of its own. */
export interface TestSystem extends System {
  readonly variables: TestEnvironment['variables'];
  /** Staff: approves events, sees everything. */
  readonly operator: Person;
  /** Everybody who logged in; their sockets are closed at the end. */
  readonly people: Person[];
}

const OPERATOR = { email: 'operator@example.org', name: 'Operator', password: 'Quiet-Harbour-71' };

/** Starts the system. `stop` also drops its databases. */
export async function startTestSystem(
  overrides: Readonly<Record<string, string>> = {},
  options: Pick<SystemOptions, 'factories'> = {},
): Promise<TestSystem> {
  const { variables, drop } = await createTestEnvironment(overrides);
  const environment = new Environment(variables);
  const system = await startSystem({ ...options, environment, log: createLog('test', process.env['TEST_LOG'] ?? 'silent') });
  const seeding = openSeeding({
    databaseUrl: variables['USERS_DATABASE_URL'] ?? '',
    environment,
    sealer: createSealer(environment.text('FOYER_SECRET')),
  });
  await seeding.createAccount({ ...OPERATOR, role: 'ADMIN', verified: true });
  await seeding.close();
  const people: Person[] = [];
  const unfinished = { ...system, variables, people };
  const operator = await logIn(unfinished as unknown as TestSystem, OPERATOR.email, OPERATOR.name, OPERATOR.password);
  return {
    ...unfinished,
    operator,
    async stop() {
      await Promise.all(people.map((person) => person.close()));
      await system.stop();
      await drop();
    },
  };
}
