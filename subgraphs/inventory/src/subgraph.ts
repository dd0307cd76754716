import { join } from 'node:path';
import {
  createMessaging,
  isRelayOn,
  createOutbox,
  membershipCopy,
  queryable,
  type EventBus,
} from '@foyer/kafka';
import {
  checkCurrencyDigits,
  createBackOff,
  createGauges,
  createJob,
  createSubgraph,
  type Subgraph,
  type SubgraphContext,
} from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/inventory';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import DataLoader from 'dataloader';
import { holdGauges } from './holdGauges.js';
import { createAvailability, noticeListing } from './availability/createAvailability.js';
import { readConfiguration } from './configuration.js';
import type { ListingView } from './domain/listingView.js';
import { dayVersion } from './domain/tables/dayContent.js';
import { eventHandlers } from './events/eventHandlers.js';
import { createAccessCodeGuard } from './resolvers/createAccessCodeGuard.js';
import { eventResolvers } from './resolvers/eventResolvers.js';
import { heldLineResolvers, heldSeatingResolvers, holdMutations } from './resolvers/holdMutations.js';
import { queryResolvers } from './resolvers/queryResolvers.js';
import { restaurantResolvers } from './resolvers/restaurantResolvers.js';
import { subscriptionResolvers } from './resolvers/subscriptionResolvers.js';
import { tableMutations } from './resolvers/tableMutations.js';
import { ticketClassMutations } from './resolvers/ticketClassMutations.js';
import { ticketClassResolvers } from './resolvers/ticketClassResolvers.js';
import { createDayReader } from './store/createDayReader.js';
import { createHoldStore } from './store/createHoldStore.js';
import { createListingReader } from './store/createListingReader.js';
import { createOfferStore } from './store/createOfferStore.js';
import { createReconciler } from './store/createReconciler.js';
import { createRestaurantCache } from './store/createRestaurantCache.js';
import { createRouter } from './store/createRouter.js';
import { createTableReader } from './store/createTableReader.js';
import { openNextDays } from './store/openNextDays.js';
import { sweep } from './store/sweep.js';
import { tellFreeTables } from './store/tellFreeTables.js';

/** What the inventory is made from. */
export interface InventoryOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
}

const NEXT_DAYS = 'open next days';

/** Makes the inventory: what is scarce, and who has it. Several processes may share its database. */
export function createInventory({ context, bus, databaseUrl }: InventoryOptions): Promise<Subgraph> {
  const { log, pubsub } = context;
  const configuration = readConfiguration(context.environment);
  const { rules } = configuration;
  const database = openDatabase({
    url: databaseUrl,
    max: configuration.poolSize,
    applicationName: 'foyer-inventory',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  const { pool } = database;
  const outbox = createOutbox('inventory');
  const restaurants = createRestaurantCache();
  const listings = createListingReader(pool, rules, restaurants);
  const days = createDayReader(queryable(pool), restaurants);
  const availability = createAvailability({
    ...configuration,
    reader: listings,
    versionOf: ({ listing }) => listing.version,
    pubsub,
    log,
    name: 'poll watched availability',
  });
  const dayAvailability = createAvailability({
    ...configuration,
    reader: days,
    versionOf: dayVersion,
    pubsub,
    log,
    name: 'poll watched days',
  });
  const onChanged = (listingId: string): void => noticeListing(pubsub, listingId);
  const ports = { outbox, rules, restaurants, onChanged };
  const router = createRouter(pool);
  const holds = createHoldStore({ ...configuration, ...ports, pool, router });
  const offers = createOfferStore(database, ports);
  const reconciler = createReconciler(pool, configuration.reconcileSeconds, log);
  const messaging = createMessaging({
    subgraph: 'inventory',
    bus,
    database,
    outbox,
    handlers: [...membershipCopy.handlers(), ...eventHandlers(ports)],
    log,
    metrics: context.metrics,
    relay: isRelayOn(context.environment),
  });
  const services = {
    holds,
    offers,
    availability,
    dayAvailability,
    days,
    tables: createTableReader(pool),
    rules,
    guard: createAccessCodeGuard(context.rateLimiter, configuration.codeAttempts),
    copies: queryable(pool),
    listingsOf: router.listingsOf,
    reconcile: reconciler.reconcile,
  };
  const nextDays = createBackOff({ job: NEXT_DAYS, clock: context.clock, log, metrics: context.metrics });
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  const subgraph = createSubgraph({
    name: 'inventory',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, {
      Query: queryResolvers(services),
      Mutation: {
        ...ticketClassMutations(services),
        ...holdMutations(services),
        ...tableMutations(services),
      },
      Subscription: subscriptionResolvers(services),
      Event: eventResolvers(services),
      TicketClass: ticketClassResolvers(services),
      HeldLine: heldLineResolvers,
      HeldSeating: heldSeatingResolvers,
      ...restaurantResolvers(services),
    }),
    requestContext: (base) => ({
      ...base,
      listings: new DataLoader<string, ListingView | null>(async (ids) => {
        const views = await listings.read(ids);
        return ids.map((id) => views.get(id) ?? null);
      }),
    }),
    components: [
      {
        name: 'database',
        start: () => checkCurrencyDigits(database.pool, 'inventory'),
        stop: () => database.close(),
      },
      messaging,
      createGauges(context.metrics, holdGauges(queryable(pool))),
      { name: 'holds', start: () => Promise.resolve(), stop: () => holds.idle() },
      reconciler.job,
      availability.component,
      dayAvailability.component,
      createJob({ name: 'sweep', everyMs: configuration.sweepMs, run: () => sweep(pool, holds), log }),
      createJob({
        name: NEXT_DAYS,
        everyMs: configuration.sweepMs,
        run: () => openNextDays(pool, restaurants, nextDays),
        log,
        items: nextDays,
      }),
      createJob({
        name: 'tell free tables',
        everyMs: configuration.tellTablesMs,
        run: () => tellFreeTables(pool, days, outbox),
        log,
      }),
    ],
    healthChecks: {
      database: () => pool.query('select 1'),
      messaging: () => messaging.health(),
    },
  });
  return Promise.resolve(subgraph);
}
