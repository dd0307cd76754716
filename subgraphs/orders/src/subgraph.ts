import { join } from 'node:path';
import { createMessaging, isRelayOn, createOutbox, type EventBus } from '@foyer/kafka';
import {
  checkCurrencyDigits,
  createGauges,
  ADMISSION_TOKEN,
  createIdentitySigner,
  createKeyring,
  createMemoryPubSub,
  createRetiredKeys,
  createServiceClient,
  createSubgraph,
  createTokenVerifier,
  hearingBoth,
  type ServiceClient,
  type Subgraph,
  type SubgraphContext,
} from '@foyer/platform';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import { orderGauges } from './orderGauges.js';
import { readConfiguration } from './configuration.js';
import { followOrders } from './events/followOrders.js';
import { orderHandlers } from './events/handlers.js';
import { createGuestBook } from './guests/createGuestBook.js';
import { createInventoryClient } from './inventory/createInventoryClient.js';
import { createCancellationJob } from './jobs/createCancellationJob.js';
import { createExpiryJob } from './jobs/createExpiryJob.js';
import { createTrimJob } from './jobs/createTrimJob.js';
import { createVisitJob } from './jobs/createVisitJob.js';
import type { Services } from './operations/services.js';
import { createPaymentsClient } from './payments/createPaymentsClient.js';
import { createContext } from './resolvers/createContext.js';
import { mutationResolvers } from './resolvers/mutations.js';
import { orderResolvers } from './resolvers/orderResolvers.js';
import { parkedSagaResolvers } from './resolvers/parkedSagaResolvers.js';
import { queryResolvers } from './resolvers/queries.js';
import { reservationMutations } from './resolvers/reservationMutations.js';
import { reservationResolvers } from './resolvers/reservationResolvers.js';
import { restaurantResolvers } from './resolvers/restaurantResolvers.js';
import { subscriptionResolvers } from './resolvers/subscriptions.js';
import { ticketResolvers } from './resolvers/ticketResolvers.js';
import { userResolvers } from './resolvers/userResolvers.js';
import { createSagaRunner } from './saga/createSagaRunner.js';
import { createTasks } from './saga/tasks.js';
import type { CommitObserver } from './store/commitPoints.js';
import { openStore } from './store/openStore.js';
import { createTicketCodes } from './tickets/createTicketCodes.js';
import { createWebTokenCodeReader } from './tickets/createWebTokenCodeReader.js';

/** What orders is made from. */
export interface OrdersOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
  /** Is told of every commit of the sagas; for tests that end the process there. */
  readonly sagaObserver?: CommitObserver;
}

const DAY_MS = 24 * 60 * 60 * 1000;
/** A ticket's key stays published until after its event, which may be planned years ahead. */
const TICKET_KEYS_KEPT_MS = 3 * 365 * DAY_MS;
const CANCELLATION_POLL_MS = 5000;

/** Makes the orders subgraph: the saga from a wish to tickets, and everything that happens to an order. */
export function createOrders(options: OrdersOptions): Promise<Subgraph> {
  const {
    context,
    bus,
    databaseUrl,
    sagaObserver = { before: () => undefined, after: () => undefined },
  } = options;
  const { clock, sealer, log } = context;
  const configuration = readConfiguration(context.environment);
  const fromEvents = createMemoryPubSub();
  const store = openStore({
    url: databaseUrl,
    poolSize: configuration.poolSize,
    outbox: createOutbox('orders'),
    pubsub: hearingBoth(context.pubsub, fromEvents),
    wakeSagas: () => runner.wake(),
    observer: sagaObserver,
  });
  const { pool } = store.database;
  const identityKeys = createKeyring({ purpose: 'identity', pool, sealer, clock, keepMs: DAY_MS });
  const ticketKeys = createKeyring({
    purpose: 'ticket-code',
    pool,
    sealer,
    clock,
    keepMs: TICKET_KEYS_KEPT_MS,
  });
  const webTokenKeys = createRetiredKeys('ticket', pool, clock);
  const signer = createIdentitySigner('orders', identityKeys, clock);
  const clientOf = (to: 'inventory' | 'payments'): ServiceClient =>
    createServiceClient({ from: 'orders', to, transport: context.transportTo(to), signer });
  const codes = createTicketCodes(ticketKeys, sealer, createWebTokenCodeReader(webTokenKeys, clock));
  const inventory = createInventoryClient(clientOf('inventory'));
  const tasks = createTasks({
    store,
    codes,
    inventory,
    payments: createPaymentsClient(clientOf('payments')),
  });
  const runner = createSagaRunner({
    store,
    tasks,
    clock,
    log,
    leaseMs: configuration.sagaLeaseMs,
    pollMs: configuration.sagaPollMs,
    concurrency: configuration.sagaConcurrency,
    maximumAttempts: configuration.sagaMaximumAttempts,
  });
  const forJobs = { store, clock, log, metrics: context.metrics };
  const cancellations = createCancellationJob({ ...forJobs, everyMs: CANCELLATION_POLL_MS });
  const { expiryPollMs: everyMs, expiryGraceMs: graceMs } = configuration;
  const messaging = createMessaging<null>({
    subgraph: 'orders',
    bus,
    database: { pool, transaction: (work) => store.transact((sql) => work(null, sql)) },
    outbox: store.outbox,
    handlers: orderHandlers(store, () => cancellations.wake()),
    log,
    metrics: context.metrics,
    relay: isRelayOn(context.environment),
  });
  const admissions = createTokenVerifier(ADMISSION_TOKEN, context.keySets.waitroom, clock);
  const services: Services = {
    store,
    runner,
    codes,
    admissions,
    guests: createGuestBook(sealer),
    inventory,
    rateLimiter: context.rateLimiter,
    clock,
    configuration,
  };
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  const subgraph = createSubgraph({
    name: 'orders',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, {
      Query: queryResolvers(services),
      Mutation: { ...mutationResolvers(services), ...reservationMutations(services) },
      Subscription: subscriptionResolvers(store),
      Order: orderResolvers(store),
      Ticket: ticketResolvers(store, codes),
      Reservation: reservationResolvers(services),
      Restaurant: restaurantResolvers(store),
      User: userResolvers(store),
      ParkedSaga: parkedSagaResolvers,
    }),
    requestContext: (base) => createContext(store, base),
    components: [
      {
        name: 'database',
        start: () => checkCurrencyDigits(store.database.pool, 'orders'),
        stop: () => store.database.close(),
      },
      messaging,
      createGauges(context.metrics, orderGauges(store.sql)),
      followOrders(bus, fromEvents),
      ...runner.components,
      createExpiryJob({ ...forJobs, everyMs, graceMs }),
      cancellations,
      createVisitJob({
        ...forJobs,
        everyMs: configuration.visitPollMs,
        noShowGraceMs: configuration.noShowGraceMs,
        dinedAfterMs: configuration.dinedAfterMs,
      }),
      createTrimJob(store, log),
    ],
    healthChecks: { database: () => pool.query('select 1'), messaging: () => messaging.health() },
    keyrings: [identityKeys, ticketKeys, webTokenKeys],
  });
  return Promise.resolve(subgraph);
}
