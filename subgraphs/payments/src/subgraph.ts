import { createMessaging, isRelayOn, createOutbox, membershipCopy, type EventBus } from '@foyer/kafka';
import {
  checkCurrencyDigits,
  createJob,
  createSubgraph,
  type Component,
  type Subgraph,
  type SubgraphContext,
} from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/payments';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import { join } from 'node:path';
import { readConfiguration } from './configuration.js';
import { orderCompleted } from './events/orderCompleted.js';
import { attendPayments } from './operations/attendPayments.js';
import { carryOutRefunds } from './operations/carryOutRefunds.js';
import { createRejectionCounter } from './operations/createRejectionCounter.js';
import type { Workbench } from './operations/workbench.js';
import type { PaymentProvider } from './providers/paymentProvider.js';
import { createSandbox } from './providers/sandbox/createSandbox.js';
import { createRequestContext } from './resolvers/createRequestContext.js';
import { createResolvers } from './resolvers/createResolvers.js';
import { webhookRoutes } from './webhookRoutes.js';

/** What the payments subgraph is made of. */
export interface PaymentsOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  readonly databaseUrl: string;
  /** The most database connections. Default 8. */
  readonly poolSize?: number;
  /** Providers besides SANDBOX. */
  readonly providers?: readonly PaymentProvider[];
}

/** The payments subgraph. @throws ConfigurationError for a variable that can't be used. */
export function createPayments(options: PaymentsOptions): Promise<Subgraph> {
  const { context, bus, databaseUrl, poolSize = 8 } = options;
  const { environment, development } = context;
  const configuration = readConfiguration(environment, development);
  const log = context.log.child({ part: 'payments' });
  const database = openDatabase({
    url: databaseUrl,
    max: poolSize,
    applicationName: 'foyer-payments',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  const sandbox = configuration.sandbox.enabled
    ? createSandbox(context, database, configuration.sandbox)
    : null;
  const providers = [...(sandbox ? [sandbox.provider] : []), ...(options.providers ?? [])];
  const outbox = createOutbox('payments');
  const bench: Workbench = {
    database,
    outbox,
    providers: new Map(providers.map((provider) => [provider.name, provider])),
    configuration,
    log,
    wakeRefunds: () => {
      refunds.wake();
    },
  };
  const everyMs = configuration.attentionMs;
  const attention = createJob({
    name: 'attention to payments',
    everyMs,
    run: () => attendPayments(bench),
    log,
  });
  const refunds = createJob({ name: 'refunds', everyMs, run: () => carryOutRefunds(bench), log });
  const rejections = createRejectionCounter(database, log);
  const handlers = [...membershipCopy.handlers(), orderCompleted];
  const messaging = createMessaging({
    subgraph: 'payments',
    bus,
    database,
    handlers,
    log,
    outbox,
    metrics: context.metrics,
    relay: isRelayOn(environment),
  });
  const connections: Component = {
    name: 'database',
    start: () => checkCurrencyDigits(database.pool, 'payments'),
    stop: () => database.close(),
  };
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  return Promise.resolve(
    createSubgraph({
      name: 'payments',
      context,
      typeDefs,
      resolvers: resolversFor(typeDefs, createResolvers(bench)),
      requestContext: createRequestContext(database),
      components: [connections, messaging, ...(sandbox?.components ?? []), rejections, attention, refunds],
      healthChecks: { database: () => database.pool.query('select 1'), bus: () => bus.health() },
      routes: async (app) => {
        await webhookRoutes(bench, rejections)(app);
        await sandbox?.routes(app);
      },
    }),
  );
}
