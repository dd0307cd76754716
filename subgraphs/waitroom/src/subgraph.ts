import { join } from 'node:path';
import { createMessaging, isRelayOn, eventCopy, membershipCopy, type EventBus } from '@foyer/kafka';
import {
  createGauges,
  ADMISSION_TOKEN,
  createKeyring,
  createLease,
  createSubgraph,
  createTokenSigner,
  type Subgraph,
  type SubgraphContext,
} from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/waitroom';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import DataLoader from 'dataloader';
import { lineGauges } from './lineGauges.js';
import { readConfiguration } from './configuration.js';
import { admissionHandlers } from './events/admissionHandlers.js';
import { catalogHandlers } from './events/catalogHandlers.js';
import { offerHandlers } from './events/offerHandlers.js';
import { orderHandlers } from './events/orderHandlers.js';
import { createJoiner } from './joining/createJoiner.js';
import { createLineFollower } from './line/createLineFollower.js';
import { createPositionFeed } from './line/createPositionFeed.js';
import { createPresence } from './presence/createPresence.js';
import { createProcessor } from './processor/createProcessor.js';
import { resolvers } from './resolvers/index.js';
import type { WaitroomContext, WaitroomServices } from './resolvers/waitroomContext.js';
import { createStore } from './store/createStore.js';
import { createWakeUp } from './store/createWakeUp.js';
import { findQueues } from './store/findQueues.js';

/** What the waiting room is made of. */
export interface WaitroomOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  readonly databaseUrl: string;
  /** The most connections of its pool; three more are its own. Default 6. */
  readonly poolSize?: number;
}

const DAY_MS = 24 * 60 * 60 * 1000;

/** The fair line. */
export async function createWaitroom({
  context,
  bus,
  databaseUrl,
  poolSize = 6,
}: WaitroomOptions): Promise<Subgraph> {
  const { clock, log, metrics, sealer, rateLimiter, environment } = context;
  const configuration = readConfiguration(environment);
  const database = openDatabase({
    url: databaseUrl,
    max: poolSize,
    applicationName: 'foyer-waitroom',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  const { pool } = database;
  const wakeUp = createWakeUp(pool, log);
  const store = createStore(pool, wakeUp.changed);
  const handlers = [
    ...membershipCopy.handlers(),
    ...eventCopy.handlers(),
    ...catalogHandlers(wakeUp.changed),
    ...offerHandlers(wakeUp.changed),
    ...admissionHandlers(wakeUp.changed),
    ...orderHandlers(wakeUp.changed),
  ];
  const messaging = createMessaging({
    subgraph: 'waitroom',
    bus,
    database,
    handlers,
    log,
    metrics,
    relay: isRelayOn(environment),
  });
  const admissionKeys = createKeyring({ purpose: 'admission', pool, sealer, clock, keepMs: DAY_MS });
  const follower = createLineFollower({ store, wakeUp, clock, log, metrics });
  const presence = createPresence({ store, clock, log });
  const processor = createProcessor({
    store,
    createLease: (on) => createLease({ pool, name: 'waitroom-processor', log, ...on }),
    outbox: messaging.outbox,
    wakeUp,
    admissionMs: configuration.admissionSeconds * 1000,
    absenceMs: configuration.absenceSeconds * 1000,
    clock,
    log,
    metrics,
  });
  const services: WaitroomServices = {
    store,
    joiner: createJoiner(store, { opensBeforeMs: configuration.opensBeforeSaleSeconds * 1000 }),
    follower,
    feed: createPositionFeed({ follower, presence, store, clock }),
    presence,
    admissions: createTokenSigner(ADMISSION_TOKEN, admissionKeys, clock),
    rateLimiter,
    clock,
    configuration,
  };
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  return createSubgraph<WaitroomContext>({
    name: 'waitroom',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, resolvers),
    requestContext: (base) => ({
      ...base,
      ...services,
      // Nothing is kept: the context of a subscription lives as long as it does.
      queues: new DataLoader((eventIds) => findQueues(store.sql, eventIds), { cache: false }),
    }),
    components: [
      { name: 'database', start: async () => undefined, stop: () => database.close() },
      wakeUp,
      follower,
      presence,
      messaging,
      createGauges(metrics, lineGauges(store.sql)),
      processor,
    ],
    healthChecks: { database: () => pool.query('select 1'), messaging: () => messaging.health() },
    keyrings: [admissionKeys],
  });
}
