import { startTestSystem, type TestSystem } from '../harness/startTestSystem.js';

/**
 * Starts the whole system in this process on databases of its own.
 * @param adminUrl of the Postgres that they are made on.
 */
export async function startBenchSystem(adminUrl: string): Promise<TestSystem> {
  // Where the harness makes its databases.
  process.env['FOYER_TEST_POSTGRES_URL'] = adminUrl;
  return startTestSystem({
    // The harness looks for due work more often than `npm start` does, which costs and gains nothing here.
    PAYMENTS_ATTENTION_MS: '1000',
    // Nobody has to log in again while it runs.
    USERS_ACCESS_TOKEN_SECONDS: '3600',
    // Everybody is one address here; the limits are not what is measured.
    WAITROOM_JOINS_PER_PERSON_PER_MINUTE: '100000',
  });
}
