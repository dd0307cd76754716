import { join } from 'node:path';
import {
  createMessaging,
  isRelayOn,
  createOutbox,
  membershipCopy,
  queryable,
  type EventBus,
} from '@foyer/kafka';
import { createJob, createSubgraph, type Subgraph, type SubgraphContext } from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/inventory';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import DataLoader from 'dataloader';
import { createAvailability } from './availability/createAvailability.js';
import { readConfiguration } from './configuration.js';
import type { ListingView } from './domain/listingView.js';
import { eventHandlers } from './events/eventHandlers.js';
import { eventResolvers } from './resolvers/eventResolvers.js';
import { heldLineResolvers, holdMutations } from './resolvers/holdMutations.js';
import { queryResolvers } from './resolvers/queryResolvers.js';
import { subscriptionResolvers } from './resolvers/subscriptionResolvers.js';
import { ticketClassMutations } from './resolvers/ticketClassMutations.js';
import { ticketClassResolvers } from './resolvers/ticketClassResolvers.js';
import { createHoldStore } from './store/createHoldStore.js';
import { createListingReader } from './store/createListingReader.js';
import { createOfferStore } from './store/createOfferStore.js';
import { createReconciler } from './store/createReconciler.js';
import { createRouter } from './store/createRouter.js';
import { sweep } from './store/sweep.js';

/** What the inventory is made from. */
export interface InventoryOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
}

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
  const listings = createListingReader(pool, rules);
  const availability = createAvailability({ ...configuration, listings, pubsub, log });
  const ports = { outbox, rules, onChanged: availability.notice };
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
    copies: queryable(pool),
    listingsOf: router.listingsOf,
    reconcile: reconciler.reconcile,
  };
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  const subgraph = createSubgraph({
    name: 'inventory',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, {
      Query: queryResolvers(services),
      Mutation: { ...ticketClassMutations(services), ...holdMutations(services) },
      Subscription: subscriptionResolvers(services),
      Event: eventResolvers(services),
      TicketClass: ticketClassResolvers(services),
      HeldLine: heldLineResolvers,
    }),
    requestContext: (base) => ({
      ...base,
      listings: new DataLoader<string, ListingView | null>(async (ids) => {
        const views = await listings.read(ids);
        return ids.map((id) => views.get(id) ?? null);
      }),
    }),
    components: [
      { name: 'database', start: () => Promise.resolve(), stop: () => database.close() },
      messaging,
      { name: 'holds', start: () => Promise.resolve(), stop: () => holds.idle() },
      reconciler.job,
      availability.component,
      createJob({ name: 'sweep', everyMs: configuration.sweepMs, run: () => sweep(pool, holds), log }),
    ],
    healthChecks: {
      database: () => pool.query('select 1'),
      messaging: () => messaging.health(),
    },
  });
  return Promise.resolve(subgraph);
}
