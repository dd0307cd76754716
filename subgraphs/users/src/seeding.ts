import { createOutbox } from '@foyer/kafka';
import { systemClock, type Clock, type Environment, type Sealer } from '@foyer/platform';
import { createAccount, type CreateAccountInput } from './actions/createAccount.js';
import { addMember } from './actions/organizations/addMember.js';
import {
  createOrganization,
  type CreateOrganizationInput,
} from './actions/organizations/createOrganization.js';
import { readConfiguration } from './configuration.js';
import type { Grant } from './domain/organizationRoles.js';
import { createPasswords } from './passwords/createPasswords.js';
import { openUsersDatabase } from './store/openUsersDatabase.js';

/** What seeding needs: the database and the secret of the running subgraph, or of the one that will run. */
export interface SeedingOptions {
  readonly databaseUrl: string;
  readonly environment: Environment;
  readonly sealer: Sealer;
  readonly clock?: Clock;
}

/**
 * Makes accounts and organizations directly in the database, for demo data and tests. Rules and events are those of
 * the subgraph, which publishes the events when it runs: at most a second later.
 */
export interface Seeding {
  /** @returns its id. @throws Refused `InvalidInput`; `NotInState` when the email has an account. */
  createAccount(input: CreateAccountInput): Promise<string>;
  /** @returns its id. @throws Refused `InvalidInput`. */
  createOrganization(input: CreateOrganizationInput): Promise<string>;
  /** Makes somebody a member, without an invitation. @throws Refused `NotFound`. */
  addMember(input: Grant & { readonly organizationId: string; readonly userId: string }): Promise<void>;
  /** Closes the database. */
  close(): Promise<void>;
}

/** Opens the database for seeding. */
export function openSeeding({
  databaseUrl,
  environment,
  sealer,
  clock = systemClock,
}: SeedingOptions): Seeding {
  const configuration = readConfiguration(environment, true);
  const database = openUsersDatabase(databaseUrl, 4);
  const outbox = createOutbox('users');
  const passwords = createPasswords(configuration.passwordCost);
  const services = { database, outbox, clock, sealer, passwords, configuration };
  return {
    createAccount: (input) => createAccount(services, input),
    createOrganization: async (input) => (await createOrganization(services, input)).id,
    addMember: (input) => addMember(services, input),
    close: () => database.close(),
  };
}
