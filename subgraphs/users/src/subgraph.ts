import { join } from 'node:path';
import { createMessaging, isRelayOn, createOutbox, type EventBus } from '@foyer/kafka';
import {
  ACCESS_TOKEN,
  createJob,
  createKeyring,
  createSubgraph,
  createTokenSigner,
  type Subgraph,
  type SubgraphContext,
} from '@foyer/platform';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import { ensureAdministrator } from './actions/ensureAdministrator.js';
import { readConfiguration } from './configuration.js';
import { createPasswords } from './passwords/createPasswords.js';
import { createTurns } from './passwords/createTurns.js';
import { accountMutations } from './resolvers/accountMutations.js';
import { organizationMutations } from './resolvers/organizationMutations.js';
import {
  invitationResolvers,
  membershipResolvers,
  organizationResolvers,
} from './resolvers/organizationResolvers.js';
import { queryResolvers } from './resolvers/queries.js';
import { sessionResolvers } from './resolvers/sessionResolvers.js';
import { staffMutations } from './resolvers/staffMutations.js';
import { userResolvers } from './resolvers/userResolvers.js';
import { usersContext } from './resolvers/usersContext.js';
import type { Services } from './services.js';
import { openUsersDatabase } from './store/openUsersDatabase.js';
import { removeExpired } from './store/removeExpired.js';
import { reportConflicts } from './store/reportConflicts.js';

/** What accounts are made from. */
export interface UsersOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
  /** The most connections to it. Default `USERS_POOL_SIZE`, else 8. */
  readonly poolSize?: number;
}

const HOUR = 3_600_000;

/** Makes the users subgraph: accounts, sessions, platform roles and organizations. */
export function createUsers({ context, bus, databaseUrl, poolSize }: UsersOptions): Promise<Subgraph> {
  const { clock, sealer, log, environment, rateLimiter, metrics } = context;
  const configuration = readConfiguration(environment, context.development);
  const database = openUsersDatabase(databaseUrl, poolSize ?? configuration.poolSize);
  const outbox = createOutbox('users');
  const keyring = createKeyring({
    purpose: 'access',
    pool: database.pool,
    sealer,
    clock,
    // Twice the life of the longest token that the key may have signed.
    keepMs: 2 * configuration.accessTokenSeconds * 1000,
  });
  const services: Services = {
    database,
    outbox,
    clock,
    sealer,
    configuration,
    rateLimiter,
    passwords: createPasswords(configuration.passwordCost),
    turns: createTurns(),
    accessTokens: createTokenSigner(ACCESS_TOKEN, keyring, clock),
  };
  const messaging = createMessaging({
    ...{ subgraph: 'users', bus, database, outbox, handlers: [], log, metrics },
    relay: isRelayOn(environment),
  });
  const tidying = createJob({
    name: 'remove expired sessions and tokens',
    everyMs: HOUR,
    run: () => removeExpired(database, clock.now(), configuration.lock.lockMs),
    log,
  });
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  const subgraph = createSubgraph({
    name: 'users',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, {
      Query: queryResolvers(services),
      Mutation: {
        ...accountMutations(services),
        ...staffMutations(services),
        ...organizationMutations(services),
      },
      User: userResolvers(services),
      Organization: organizationResolvers(services),
      Membership: membershipResolvers,
      Invitation: invitationResolvers,
      Session: sessionResolvers,
    }),
    requestContext: (base) => usersContext(base, database),
    components: [
      {
        name: 'database',
        async start() {
          await ensureAdministrator(services);
          await reportConflicts(database, log);
        },
        stop: () => database.close(),
      },
      messaging,
      tidying,
    ],
    healthChecks: {
      database: () => database.pool.query('select 1'),
      messaging: () => messaging.health(),
    },
    keyrings: [keyring],
  });
  return Promise.resolve(subgraph);
}
