import { join } from 'node:path';
import { createMessaging, isRelayOn, createOutbox, membershipCopy, type EventBus } from '@foyer/kafka';
import { createSubgraph, type Subgraph, type SubgraphContext } from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/catalog';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import DataLoader from 'dataloader';
import { readConfiguration } from './configuration.js';
import type { EventListing } from './domain/event.js';
import { eventResolvers } from './resolvers/eventResolvers.js';
import { mutationResolvers } from './resolvers/mutations.js';
import { organizationResolvers, queryResolvers } from './resolvers/queries.js';
import { createCatalogStore } from './store/catalogStore.js';

/** What the catalog is made from. */
export interface CatalogOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
}

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
    handlers: membershipCopy.handlers(),
    log: context.log,
    metrics: context.metrics,
    relay: isRelayOn(context.environment),
  });
  const services = { store, clock: context.clock, approval };
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  const subgraph = createSubgraph({
    name: 'catalog',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, {
      Query: queryResolvers(services),
      Mutation: mutationResolvers(services),
      Event: eventResolvers(services),
      Organization: organizationResolvers(services),
    }),
    requestContext: (base) => ({
      ...base,
      events: new DataLoader<string, EventListing | null>(async (ids) => {
        const found = new Map((await store.findMany(ids)).map((event) => [event.id, event]));
        return ids.map((id) => found.get(id) ?? null);
      }),
    }),
    components: [
      { name: 'database', start: () => Promise.resolve(), stop: () => database.close() },
      messaging,
    ],
    healthChecks: {
      database: () => database.pool.query('select 1'),
      messaging: () => messaging.health(),
    },
  });
  return Promise.resolve(subgraph);
}
