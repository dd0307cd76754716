import { join } from 'node:path';
import {
  createMessaging,
  createOutbox,
  isRelayOn,
  membershipCopy,
  personCopy,
  type EventBus,
} from '@foyer/kafka';
import {
  checkCurrencyDigits,
  createJob,
  createSubgraph,
  type Subgraph,
  type SubgraphContext,
} from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/catalog';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import { readConfiguration } from './configuration.js';
import { freeTablesHandler } from './events/freeTablesHandler.js';
import { reservationHandlers } from './events/reservationHandlers.js';
import { catalogContext } from './resolvers/catalogContext.js';
import type { CatalogServices } from './resolvers/context.js';
import { eventResolvers } from './resolvers/eventResolvers.js';
import { mutationResolvers } from './resolvers/mutations.js';
import { organizationResolvers, queryResolvers } from './resolvers/queries.js';
import { restaurantMutations } from './resolvers/restaurants/restaurantMutations.js';
import { restaurantQueries } from './resolvers/restaurants/restaurantQueries.js';
import { restaurantResolvers } from './resolvers/restaurants/restaurantResolvers.js';
import { reviewMutations, reviewResolvers } from './resolvers/restaurants/reviewResolvers.js';
import { searchResolver } from './resolvers/search.js';
import { createCatalogStore } from './store/catalogStore.js';
import { createRestaurantStore } from './store/restaurants/createRestaurantStore.js';
import { createReviewStore } from './store/restaurants/createReviewStore.js';
import { removePastDays } from './store/restaurants/removePastDays.js';

/** What the catalog is made from. */
export interface CatalogOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
}

const HOUR = 3_600_000;

/** Makes the catalog: what is sold, and what people may know of it. */
export function createCatalog({ context, bus, databaseUrl }: CatalogOptions): Promise<Subgraph> {
  const { approval, poolSize } = readConfiguration(context.environment);
  const database = openDatabase({
    url: databaseUrl,
    max: poolSize,
    applicationName: 'foyer-catalog',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  const outbox = createOutbox('catalog');
  const store = createCatalogStore(database, outbox, context.clock);
  const messaging = createMessaging({
    subgraph: 'catalog',
    bus,
    database,
    outbox,
    handlers: [
      ...membershipCopy.handlers(),
      ...personCopy.handlers(),
      ...reservationHandlers(),
      freeTablesHandler(),
    ],
    log: context.log,
    metrics: context.metrics,
    relay: isRelayOn(context.environment),
  });
  const services: CatalogServices = {
    store,
    restaurants: createRestaurantStore(database, outbox, context.clock),
    reviews: createReviewStore(database),
    clock: context.clock,
    approval,
  };
  const tidying = createJob({
    name: 'remove what was free on past days',
    everyMs: HOUR,
    run: () => removePastDays(database.pool, context.clock.now()),
    log: context.log,
  });
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  const subgraph = createSubgraph({
    name: 'catalog',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, {
      Query: {
        ...queryResolvers(services),
        ...restaurantQueries(services),
        search: searchResolver(services),
      },
      Mutation: {
        ...mutationResolvers(services),
        ...restaurantMutations(services),
        ...reviewMutations(services),
      },
      Event: eventResolvers(services),
      Organization: organizationResolvers(services),
      Restaurant: restaurantResolvers(services),
      Review: reviewResolvers,
    }),
    requestContext: (base) => catalogContext(base, services),
    components: [
      {
        name: 'database',
        start: () => checkCurrencyDigits(database.pool, 'catalog'),
        stop: () => database.close(),
      },
      messaging,
      tidying,
    ],
    healthChecks: {
      database: () => database.pool.query('select 1'),
      messaging: () => messaging.health(),
    },
  });
  return Promise.resolve(subgraph);
}
