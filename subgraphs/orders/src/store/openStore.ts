import { queryable, type Outbox, type Queryable } from '@foyer/kafka';
import { pgTransaction, type PubSub, type SqlTransaction } from '@foyer/platform';
import { openDatabase, type Database } from '@foyer/prisma';
import { PrismaClient } from '@foyer/prisma/orders';
import { pointsOf, type CommitObserver } from './commitPoints.js';
import { prepareStatements, withKeptPlans } from './prepareStatements.js';

/** The orders database and what its writers need. */
export interface Store {
  readonly database: Database<PrismaClient>;
  /** For statements outside of transactions. */
  readonly sql: Queryable;
  readonly outbox: Outbox;
  /** Told of every order that changed, after the commit. */
  readonly pubsub: PubSub;
  /** Has sagas that are due looked for at once. */
  wakeSagas(): void;
  /** Runs `work` in a transaction; see `pgTransaction`. */
  transact<Result>(work: (sql: SqlTransaction) => Promise<Result>): Promise<Result>;
}

/** Opens the orders database; connects at the first use. */
export function openStore(options: {
  readonly url: string;
  readonly poolSize: number;
  readonly outbox: Outbox;
  readonly pubsub: PubSub;
  readonly wakeSagas: () => void;
  readonly observer: CommitObserver;
}): Store {
  const { url, poolSize, outbox, pubsub, wakeSagas, observer } = options;
  const database = openDatabase({
    url: withKeptPlans(url),
    max: poolSize,
    applicationName: 'foyer-orders',
    client: (adapter) => new PrismaClient({ adapter }),
  });
  prepareStatements(database.pool);
  return {
    database,
    sql: queryable(database.pool),
    outbox,
    pubsub,
    wakeSagas,
    async transact(work) {
      let transaction: SqlTransaction | null = null;
      const result = await pgTransaction(database.pool, async (sql) => {
        transaction = sql;
        const done = await work(sql);
        for (const point of pointsOf(sql)) observer.before(point);
        return done;
      });
      if (transaction) for (const point of pointsOf(transaction)) observer.after(point);
      return result;
    },
  };
}
