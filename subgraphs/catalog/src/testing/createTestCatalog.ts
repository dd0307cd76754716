import {
  OrganizationCreated,
  OrganizationMemberAdded,
  TablesFree,
  UserUpdated,
  type CloudEvent,
  type EventDataOf,
  type OrganizationRole,
  type Topic,
} from '@foyer/kafka';
import { createTestBus, publishAndSettle, testEvent } from '@foyer/kafka/testing';
import { createPool, ManualClock, newId, type Identity } from '@foyer/platform';
import { createTestPlatform, type TestResult } from '@foyer/platform/testing';
import { createTestDatabase } from '@foyer/prisma/testing';
import { createCatalog } from '../subgraph.js';

/** Any answer of a mutation; tests compare it. */
export type Answer = Record<string, unknown> & { readonly __typename: string };

/** A catalog under test. */
export interface TestCatalog {
  readonly clock: ManualClock;
  readonly pool: ReturnType<typeof createPool>;
  /** Asks as somebody. */
  ask<Data = Record<string, unknown>>(
    as: Identity,
    query: string,
    variables?: object,
  ): Promise<TestResult<Data>>;
  /** The value of the only root field. @throws when there are errors. */
  one<Value = Answer>(as: Identity, query: string, variables?: object): Promise<Value>;
  /** Publishes events of others and waits until they are applied. */
  tell(topic: Topic, events: readonly CloudEvent[]): Promise<void>;
  /** An organization with members. @returns its id. */
  organization(
    members?: readonly (readonly [Identity & { readonly kind: 'user' }, OrganizationRole])[],
  ): Promise<string>;
  /** Makes preferences known. */
  person(userId: string, changes: Partial<EventDataOf<typeof UserUpdated>>): Promise<void>;
  /** Says what is free at a restaurant on a day. */
  free(data: EventDataOf<typeof TablesFree>, version?: number): Promise<void>;
  /** What the outbox holds of a type about an aggregate, oldest first. */
  told<Data = Record<string, unknown>>(type: string, aggregateId: string): Promise<readonly Data[]>;
  stop(): Promise<void>;
}

/** Starts a catalog on a database of its own. */
export async function createTestCatalog(): Promise<TestCatalog> {
  const bus = await createTestBus();
  const database = await createTestDatabase('catalog');
  const clock = new ManualClock(new Date());
  const platform = createTestPlatform({ clock });
  const catalog = await createCatalog({
    context: platform.contextFor('catalog'),
    bus,
    databaseUrl: database.url,
  });
  await catalog.start();
  const pool = createPool(database.url, { max: 2, applicationName: 'test' });
  const tell = (topic: Topic, events: readonly CloudEvent[]) =>
    publishAndSettle(bus, 'catalog', topic, events);
  const ask: TestCatalog['ask'] = (as, query, variables) =>
    platform.run(catalog, as, query, variables as Record<string, unknown>);
  return {
    clock,
    pool,
    ask,
    async one<Value>(as: Identity, query: string, variables?: object) {
      const { data, errors } = await ask(as, query, variables);
      expect(errors).toBeUndefined();
      return Object.values(data)[0] as Value;
    },
    tell,
    async organization(members = []) {
      const organizationId = newId();
      const created = testEvent(OrganizationCreated, {
        aggregateId: organizationId,
        data: { organizationId, name: 'Lotus Group', verified: true },
      });
      const added = members.map(([{ userId }, role], index) =>
        testEvent(OrganizationMemberAdded, {
          aggregateId: organizationId,
          aggregateVersion: index + 2,
          data: { organizationId, userId, role, listingIds: null },
        }),
      );
      await tell('user-events', [created, ...added]);
      return organizationId;
    },
    person: (userId, changes) =>
      tell('user-events', [
        testEvent(UserUpdated, {
          aggregateId: userId,
          aggregateVersion: nextVersion(),
          data: {
            ...{ userId, email: `${userId}@example.com`, name: 'Lan Nguyen', language: 'en' },
            ...{ emailVerified: true, active: true, ...changes },
          },
        }),
      ]),
    free: (data, aggregateVersion = nextVersion()) =>
      tell('inventory-events', [
        testEvent(TablesFree, { aggregateId: `${data.restaurantId}/${data.date}`, aggregateVersion, data }),
      ]),
    async told<Data>(type: string, aggregateId: string) {
      const { rows } = await pool.query<{ payload: { data: Data } }>(
        `select payload from messaging.outbox where type = $1 and aggregate_id = $2 order by position`,
        [type, aggregateId],
      );
      return rows.map(({ payload }) => payload.data);
    },
    async stop() {
      await catalog.stop();
      await pool.end();
      await bus.close();
      await database.drop();
    },
  };
}

let version = 10;

function nextVersion(): number {
  version += 1;
  return version;
}
