import { portVariable, PROCESS_NAMES } from '@foyer/platform';
import { DATABASE_NAMES, databaseUrlVariable } from '@foyer/prisma';
import { createTestDatabase } from '@foyer/prisma/testing';
import { freePorts } from './freePorts.js';

/** Variables of a system of its own: databases, ports and a secret. */
export interface TestEnvironment {
  readonly variables: Readonly<Record<string, string>>;
  /** Drops the databases. */
  drop(): Promise<void>;
}

/** What makes tests quick without changing what they show. */
export const QUICK = {
  // Hashing passwords is not what these tests are about.
  USERS_ARGON2_MEMORY_KIB: '64',
  USERS_ARGON2_PASSES: '1',
  // Everybody comes from one address here.
  GATEWAY_GUEST_PER_MINUTE: '0',
  GATEWAY_PERSON_PER_MINUTE: '0',
  GATEWAY_NETWORK_PER_MINUTE: '0',
  USERS_LOGIN_PER_MINUTE: '100000',
  USERS_REGISTER_PER_10_MINUTES: '100000',
  USERS_ORGANIZATIONS_PER_HOUR: '100000',
  NOTIFICATIONS_UNASKED_PER_DAY: '100000',
  WAITROOM_JOINS_PER_MINUTE: '100000',
  PAYMENTS_SANDBOX_REFUND_MS: '50',
  PAYMENTS_ATTENTION_MS: '100',
};

/** The installation's secret. */
export const TEST_SECRET = 'a secret for whole-system tests: 32+ characters';

/** Makes databases and finds ports for a system of its own. */
export async function createTestEnvironment(
  overrides: Readonly<Record<string, string>> = {},
): Promise<TestEnvironment> {
  const [ports, databases] = await Promise.all([
    freePorts(PROCESS_NAMES.length),
    Promise.all(DATABASE_NAMES.map(async (name) => [name, await createTestDatabase(name)] as const)),
  ]);
  return {
    variables: {
      ...QUICK,
      FOYER_SECRET: TEST_SECRET,
      LOG_LEVEL: 'silent',
      // Many suites share the machine. Who gives up and asks again does not know when the first question is answered, and
      // a checker that finds all quiet would see it come in.
      GATEWAY_TIMEOUT_MS: '240000',
      SUBGRAPH_TIMEOUT_MS: '240000',
      ...Object.fromEntries(PROCESS_NAMES.map((name, index) => [portVariable(name), String(ports[index])])),
      ...Object.fromEntries(databases.map(([name, { url }]) => [databaseUrlVariable(name), url])),
      ...overrides,
    },
    async drop() {
      await Promise.all(databases.map(([, database]) => database.drop()));
    },
  };
}
