import { join } from 'node:path';
import {
  createMessaging,
  eventCopy,
  isRelayOn,
  membershipCopy,
  personCopy,
  queryable,
  restaurantCopy,
  type EventBus,
} from '@foyer/kafka';
import { createJob, createSubgraph, type Subgraph, type SubgraphContext } from '@foyer/platform';
import { openDatabase } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/notifications';
import { readSchema, resolversFor, subgraphTypeDefs } from '@foyer/schema';
import { createKeptChannel } from './channels/createKeptChannel.js';
import { createMailer } from './channels/createMailer.js';
import { createSmtpChannel } from './channels/createSmtpChannel.js';
import { readConfiguration } from './configuration.js';
import { createFrontEndLinks } from './domain/createFrontEndLinks.js';
import { accountHandlers } from './events/accountHandlers.js';
import { createReminders } from './events/createReminders.js';
import { depositHandlers } from './events/depositHandlers.js';
import { orderHandlers } from './events/orderHandlers.js';
import { queueHandlers } from './events/queueHandlers.js';
import { reservationHandlers } from './events/reservationHandlers.js';
import { waitlistHandlers } from './events/waitlistHandlers.js';
import { mailPages } from './pages/mailPages.js';
import { createStopLink, stopPages } from './pages/stopPages.js';
import {
  deliveriesQuery,
  parkedDeliveriesQuery,
  retryDeliveryMutation,
} from './resolvers/deliveryResolvers.js';
import {
  inboxQuery,
  inboxSubscription,
  markReadMutation,
  notificationResolvers,
} from './resolvers/inboxResolvers.js';
import type { NotificationServices } from './resolvers/services.js';
import {
  previewTemplateMutation,
  saveTemplateMutation,
  templatesQuery,
} from './resolvers/templateResolvers.js';
import { createDeliveryStore } from './store/deliveryStore.js';
import { createInboxStore } from './store/inboxStore.js';
import { createNotifier } from './store/notifier.js';
import { forgetRecipients } from './store/recipients.js';
import { createTemplateStore } from './store/templateStore.js';

/** What notifications are made from. */
export interface NotificationsOptions {
  readonly context: SubgraphContext;
  readonly bus: EventBus;
  /** Its own database, migrated. */
  readonly databaseUrl: string;
}

const HOUR = 3_600_000;

/** Makes notifications: mail and inbox, from everybody's events. */
export function createNotifications({ context, bus, databaseUrl }: NotificationsOptions): Promise<Subgraph> {
  const { clock, sealer, pubsub, log, environment, development } = context;
  const { smtpUrl, mailFrom, reviewUrl, frontEndUrl, mailLimits, poolSize } = readConfiguration(context);
  const links = createFrontEndLinks(frontEndUrl);
  const database = openDatabase({
    url: databaseUrl,
    max: poolSize,
    applicationName: 'foyer-notifications',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  const deliveries = createDeliveryStore(database, sealer);
  const channel =
    smtpUrl === undefined ? createKeptChannel() : createSmtpChannel({ url: smtpUrl, from: mailFrom });
  const mailer = createMailer({ store: deliveries, channel, log });
  const notifier = createNotifier({
    sealer,
    pubsub,
    mailLimits,
    stopLink: createStopLink(sealer, context.publicUrl('notifications')),
    onQueued: () => {
      mailer.wake();
    },
  });
  const reminders = createReminders({ transaction: database.transaction, notifier, sealer, links, log });
  const messaging = createMessaging({
    subgraph: 'notifications',
    bus,
    database,
    log,
    metrics: context.metrics,
    relay: isRelayOn(environment),
    handlers: [
      ...personCopy.handlers(),
      ...eventCopy.handlers(),
      ...membershipCopy.handlers(),
      ...restaurantCopy.handlers(),
      ...accountHandlers({ notifier, sealer, links }),
      ...queueHandlers({ notifier, sealer, links }),
      ...orderHandlers({ notifier, sealer, links }),
      ...depositHandlers({ notifier, sealer, links }),
      ...reservationHandlers({ notifier, sealer, links, organizerEmail: mailFrom.address, reviewUrl }),
      ...waitlistHandlers({ notifier, sealer, links }),
    ],
  });
  const services: NotificationServices = {
    inbox: createInboxStore(database, pubsub, clock),
    deliveries,
    templates: createTemplateStore(database, clock),
    pubsub,
    wakeMailer: () => {
      mailer.wake();
    },
  };
  const typeDefs = subgraphTypeDefs(readSchema(join(__dirname, '..')));
  const subgraph = createSubgraph({
    name: 'notifications',
    context,
    typeDefs,
    resolvers: resolversFor(typeDefs, {
      Query: {
        notifications: inboxQuery(services),
        deliveries: deliveriesQuery(services),
        parkedDeliveries: parkedDeliveriesQuery(services),
        templates: templatesQuery(services),
      },
      Mutation: {
        markNotificationsRead: markReadMutation(services),
        retryDelivery: retryDeliveryMutation(services),
        previewTemplate: previewTemplateMutation,
        saveTemplate: saveTemplateMutation(services),
      },
      Subscription: { notificationReceived: inboxSubscription(services) },
      Notification: notificationResolvers,
    }),
    requestContext: (base) => base,
    components: [
      { name: 'database', start: () => Promise.resolve(), stop: () => database.close() },
      mailer,
      reminders,
      messaging,
      createJob({
        name: 'forget recipients',
        everyMs: HOUR,
        run: () => forgetRecipients(queryable(database.pool)),
        log,
      }),
    ],
    healthChecks: {
      database: () => database.pool.query('select 1'),
      messaging: () => messaging.health(),
    },
    routes: (app) => {
      stopPages(queryable(database.pool), sealer)(app);
      if (development) mailPages(deliveries)(app);
    },
  });
  return Promise.resolve(subgraph);
}
