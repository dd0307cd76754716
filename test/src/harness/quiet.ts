import { createBusFromEnvironment, queryable, type EventBus, type Queryable, type Topic } from '@foyer/kafka';
import { waitUntil } from '@foyer/platform/testing';
import { createLog, createPool, Environment, type SubgraphName } from '@foyer/platform';
import { databaseUrlVariable } from '@foyer/prisma';

/** Which topics each subgraph handles. */
const READS: Readonly<Partial<Record<SubgraphName, readonly Topic[]>>> = {
  catalog: ['user-events', 'inventory-events', 'order-events'],
  inventory: ['user-events', 'catalog-events'],
  orders: ['user-events', 'catalog-events', 'inventory-events', 'payment-events', 'queue-events'],
  payments: ['user-events', 'order-events'],
  notifications: ['user-events', 'catalog-events', 'queue-events', 'order-events'],
  waitroom: ['user-events', 'catalog-events', 'inventory-events', 'order-events'],
};

/** Every subgraph's database. */
export const SUBGRAPH_DATABASES = [
  'users',
  'catalog',
  'inventory',
  'orders',
  'payments',
  'notifications',
  'waitroom',
] as const satisfies readonly SubgraphName[];

/** Databases by subgraph, for reading. */
export type Databases = Readonly<Record<(typeof SUBGRAPH_DATABASES)[number], Queryable>>;

/** Looks at a system's databases and bus from outside. */
export interface Observer {
  readonly databases: Databases;
  readonly bus: EventBus;
  /** Events that are not where they belong yet, one line each; empty when all are published and handled. */
  underWay(): Promise<readonly string[]>;
  close(): Promise<void>;
}

/** Opens a system's databases to look at them. */
export async function observe(variables: Readonly<Record<string, string>>): Promise<Observer> {
  const pools = SUBGRAPH_DATABASES.map((name) =>
    createPool(variables[databaseUrlVariable(name)] ?? '', { max: 2, applicationName: 'observer' }),
  );
  const databases = Object.fromEntries(
    SUBGRAPH_DATABASES.map((name, index) => [name, queryable(pools[index] as (typeof pools)[number])]),
  ) as Databases;
  const bus = await createBusFromEnvironment(new Environment(variables), createLog('observer', 'silent'));
  return {
    databases,
    bus,
    async underWay() {
      const unpublished = await Promise.all(
        SUBGRAPH_DATABASES.map(async (name) => {
          const rows = await databases[name].query<{ type: string }>(
            `select type from messaging.outbox where published_at is null`,
          );
          return rows.map(({ type }) => `${name} has not published a ${type}`);
        }),
      );
      const unread = await Promise.all(
        Object.entries(READS).map(async ([group, topics]) => {
          const behind = (await bus.lag(group, topics)).reduce((sum, partition) => sum + partition.behind, 0);
          return behind > 0 ? [`${group} is ${behind} events behind`] : [];
        }),
      );
      return [...unpublished, ...unread].flat();
    },
    async close() {
      await bus.close();
      await Promise.all(pools.map((pool) => pool.end()));
    },
  };
}

/** Waits until every event is published and handled. */
export async function quiet(variables: Readonly<Record<string, string>>): Promise<void> {
  const observer = await observe(variables);
  try {
    await waitUntil(async () => (await observer.underWay()).length === 0, 'quiet');
  } finally {
    await observer.close();
  }
}
