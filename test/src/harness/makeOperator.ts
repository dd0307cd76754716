import { createSealer, Environment } from '@foyer/platform';
import { openSeeding } from '@foyer/users/seeding';
import { logIn, type Person, type Stage } from './story.js';

const OPERATOR = { email: 'operator@example.org', name: 'Operator', password: 'Quiet-Harbour-71' };

/** Makes an account of staff in a running system, and logs in. */
export async function makeOperator(stage: Omit<Stage, 'operator'>): Promise<Person> {
  const environment = new Environment(stage.variables);
  const seeding = openSeeding({
    databaseUrl: environment.text('USERS_DATABASE_URL'),
    environment,
    sealer: createSealer(environment.text('FOYER_SECRET')),
  });
  await seeding.createAccount({ ...OPERATOR, role: 'ADMIN', verified: true });
  await seeding.close();
  return logIn(stage, OPERATOR.email, OPERATOR.name, OPERATOR.password);
}
