import { PrismaPg } from '@prisma/adapter-pg';
import type {
  IsolationLevel,
  SqlDriverAdapter,
  SqlDriverAdapterFactory,
  SqlQuery,
  Transaction,
} from '@prisma/driver-adapter-utils';
import { TransactionScope } from '@foyer/platform';
import { AsyncLocalStorage } from 'node:async_hooks';
import type { Pool, PoolClient } from 'pg';

/** The place where a transaction that Prisma begins leaves the connection it runs on. */
export interface TransactionSlot {
  client?: PoolClient;
  scope?: TransactionScope;
}

/**
 * Prisma's adapter on a pool that others use too. A transaction that Prisma begins while `withSlot` runs leaves
 * a `TransactionScope` in the slot, so that SQL can be sent over the very same connection: as the driver sends
 * it, without Prisma's rewriting of parameters and results.
 */
export class SharedPoolAdapter implements SqlDriverAdapterFactory {
  readonly provider = 'postgres';
  readonly adapterName = '@prisma/adapter-pg';
  private readonly slots = new AsyncLocalStorage<TransactionSlot>();
  private readonly inner: PrismaPg;

  constructor(pool: Pool) {
    this.inner = new PrismaPg(watchConnect(pool, (client) => this.noteConnection(client)));
  }

  /** Runs `work`; the first transaction begun within fills `slot`. */
  withSlot<T>(slot: TransactionSlot, work: () => Promise<T>): Promise<T> {
    return this.slots.run(slot, work);
  }

  async connect(): Promise<SqlDriverAdapter> {
    const adapter = await this.inner.connect();
    const begin = adapter.startTransaction.bind(adapter);
    adapter.startTransaction = async (isolationLevel?: IsolationLevel) => {
      const slot = this.slots.getStore();
      const mine = slot !== undefined && slot.client === undefined;
      const transaction = await begin(isolationLevel);
      if (!mine || slot.client === undefined) {
        return transaction;
      }
      slot.scope = new TransactionScope(slot.client);
      return endThrough(slot.scope, transaction);
    };
    return adapter;
  }

  private noteConnection(client: PoolClient): void {
    const slot = this.slots.getStore();
    if (slot !== undefined) {
      slot.client ??= client;
    }
  }
}

/** `pool`, telling of every connection it lends. */
function watchConnect(pool: Pool, onConnect: (client: PoolClient) => void): Pool {
  return new Proxy(pool, {
    get(target, key) {
      if (key === 'connect') {
        return async () => {
          const client = await target.connect();
          onConnect(client);
          return client;
        };
      }
      const value: unknown = Reflect.get(target, key, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/**
 * `transaction`, ended by the scope: so the scope refuses what comes later, and a commit that Postgres answers
 * by rolling back is an error.
 */
function endThrough(scope: TransactionScope, transaction: Transaction): Transaction {
  const execute = transaction.executeRaw.bind(transaction);
  transaction.executeRaw = async (query: SqlQuery) => {
    if (query.sql === 'COMMIT') {
      await scope.commit();
      return 0;
    }
    if (query.sql === 'ROLLBACK') {
      await scope.rollback();
      return 0;
    }
    return await execute(query);
  };
  return transaction;
}
