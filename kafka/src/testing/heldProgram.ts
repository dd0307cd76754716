import {
  createPool,
  createSubgraph,
  pgTransaction,
  type RequestContext,
  type SqlTransaction,
} from '@foyer/platform';
import { findPendingMigrations } from '@foyer/prisma';
import { parse } from 'graphql';
import { setTimeout as delay } from 'node:timers/promises';
import { createMessaging } from '../messaging/createMessaging.js';
import type { SubgraphFactory } from '../process/prepareSubgraph.js';
import { runSubgraphProcess } from '../process/runSubgraphProcess.js';
import { recordCounted } from './counted.js';

const typeDefs = parse(`
  type Query { present: Int! }
  type Mutation { enter(name: String!): String! }
  type Subscription { present: Int! }
`);

/**
 * A subgraph, for tests of its process, whose mutation and event handler write into the table `entered` that they have
 * begun, and end when there is a row in the table `gate`.
 */
const create: SubgraphFactory = async ({ context, bus, databaseUrl }) => {
  const pool = createPool(databaseUrl, { max: 6, applicationName: 'test' });
  const pass = async (name: string): Promise<void> => {
    await pool.query('insert into entered (name) values ($1)', [name]);
    while ((await pool.query('select from gate')).rowCount === 0) await delay(20);
  };
  const messaging = createMessaging<SqlTransaction>({
    subgraph: 'notifications',
    bus,
    database: { pool, transaction: (work) => pgTransaction(pool, (sql) => work(sql, sql)) },
    handlers: [recordCounted({ then: ({ data }) => pass(`event ${data.number}`) })],
    log: context.log,
  });
  return createSubgraph<RequestContext>({
    name: 'notifications',
    context,
    typeDefs,
    resolvers: {
      Query: { present: () => 1 },
      Mutation: {
        enter: async (_: unknown, { name }: { name: string }) => {
          await pass(name);
          return name;
        },
      },
      Subscription: {
        present: {
          subscribe: async function* () {
            yield { present: 1 };
            await new Promise(() => undefined);
          },
        },
      },
    },
    requestContext: (base) => base,
    components: [{ name: 'database', start: async () => undefined, stop: () => pool.end() }, messaging],
    healthChecks: { database: () => pool.query('select 1'), messaging: () => messaging.health() },
  });
};

void runSubgraphProcess('notifications', create, findPendingMigrations);
