import {
  createLog,
  createMemoryPubSub,
  createMemoryRateLimiter,
  createMetrics,
  createPool,
  createSealer,
  Environment,
  newId,
  systemClock,
  type Identity,
  type Subgraph,
  type SubgraphContext,
} from '@foyer/platform';
import {
  EventPublished,
  OrganizationMemberAdded,
  RestaurantUpdated,
  type EventDataOf,
  type EventSnapshot,
  type RestaurantSnapshot,
} from '@foyer/kafka';
import { createTestBus, publishAndSettle, testEvent, type TestBus } from '@foyer/kafka/testing';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { ExecutionResult } from 'graphql';
import type { Pool } from 'pg';
import { createInventory } from '../subgraph.js';
import { testConfiguration } from './createTestRestaurant.js';

/** Answers of any operation, as tests look at them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Data = Record<string, any>;

/** An inventory of one test on its own databases, and ways to ask it. */
export interface TestInventory {
  /** To the inventory's database. */
  readonly pool: Pool;
  readonly bus: TestBus;
  readonly organizer: Identity;
  readonly organizationId: string;
  /** Asks the first process, or another. @returns the data. @throws when there are errors. */
  ask(identity: Identity, query: string, variables?: Data, process?: number): Promise<Data>;
  /** Begins a subscription. */
  follow(
    identity: Identity,
    query: string,
    variables?: Data,
    process?: number,
  ): Promise<AsyncIterableIterator<ExecutionResult>>;
  /** Tells of an event as catalog does; resolves when it is known. @returns its id. */
  publishEvent(event?: Partial<EventSnapshot>, version?: number): Promise<string>;
  /** Tells of a restaurant as catalog does; resolves when it is known. */
  publishRestaurant(restaurant: RestaurantSnapshot, version?: number): Promise<void>;
  /** Makes a ticket class of that event. @returns its id. */
  createClass(eventId: string, input?: Data): Promise<string>;
  stop(): Promise<void>;
}

/** The only one who may hold, confirm and release. */
export const ORDERS: Identity = { kind: 'service', service: 'orders' };

/** A person with a role of the platform. */
export function person(userId = newId(), scopes: readonly string[] = []): Identity {
  const more = { role: 'USER', scopes, sessionId: newId(), address: '127.0.0.1' } as const;
  return { kind: 'user', userId, ...more, scopes: scopes as never };
}

/** Starts so many processes' worth of inventory on one database. */
export async function createTestInventory(
  options: { readonly processes?: number; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<TestInventory> {
  const { processes = 1, environment = {} } = options;
  const database = await createTestDatabase('inventory');
  const bus = await createTestBus();
  const pool = createPool(database.url, { max: 4, applicationName: 'test' });
  const organizer = person();
  const organizationId = newId();
  const subgraphs: Subgraph[] = [];
  const buses = [bus];
  for (let index = 0; index < processes; index += 1) {
    const ownBus = index === 0 ? bus : await createTestBus();
    if (index > 0) buses.push(ownBus);
    const subgraph = await createInventory({
      context: testContext(environment),
      bus: ownBus,
      databaseUrl: database.url,
    });
    await subgraph.start();
    subgraphs.push(subgraph);
  }
  await publishAndSettle(bus, 'inventory', 'user-events', [
    testEvent(OrganizationMemberAdded, {
      aggregateId: organizationId,
      data: { organizationId, userId: userIdOf(organizer), role: 'EDITOR', listingIds: null },
    }),
  ]);

  const transport = (index: number) => (subgraphs[index] as Subgraph).transport;
  const request = (identity: Identity, query: string, variables: Data) => ({
    query,
    variables,
    identity: JSON.stringify(identity),
    requestId: newId(),
  });
  const ask: TestInventory['ask'] = async (identity, query, variables = {}, process = 0) => {
    const { data, errors } = await transport(process).execute(request(identity, query, variables));
    if (errors) throw new Error(JSON.stringify(errors));
    return data as Data;
  };
  return {
    pool,
    bus,
    organizer,
    organizationId,
    ask,
    follow: (identity, query, variables = {}, process = 0) =>
      transport(process).subscribe(request(identity, query, variables)),
    async publishEvent(event = {}, version = 1) {
      const data = { ...publishedEvent(organizationId), ...event };
      await publishAndSettle(bus, 'inventory', 'catalog-events', [
        testEvent(EventPublished, { aggregateId: data.eventId, aggregateVersion: version, data }),
      ]);
      return data.eventId;
    },
    async publishRestaurant(data, version = 1) {
      await publishAndSettle(bus, 'inventory', 'catalog-events', [
        testEvent(RestaurantUpdated, { aggregateId: data.restaurantId, aggregateVersion: version, data }),
      ]);
    },
    async createClass(eventId, input = {}) {
      const given = {
        eventId,
        name: 'Standing',
        price: { amount: 2500, currency: 'EUR' },
        total: 10,
        ...input,
      };
      const answer = (await ask(organizer, CREATE, { input: given }))['createTicketClass'] as {
        readonly ticketClass?: { readonly id: string };
      };
      if (!answer.ticketClass) throw new Error(JSON.stringify(answer));
      return answer.ticketClass.id;
    },
    async stop() {
      for (const subgraph of subgraphs) await subgraph.stop();
      for (const each of buses) await each.close();
      await pool.end();
      await database.drop();
    },
  };
}

const CREATE = `mutation ($input: CreateTicketClassInput!) {
  createTicketClass(input: $input) { __typename ... on TicketClassPayload { ticketClass { id } } ... on Refusal { code message } }
}`;

/** A published event that is on sale now. */
export function publishedEvent(organizationId: string): EventDataOf<typeof EventPublished> {
  const day = 24 * 60 * 60 * 1000;
  const at = (days: number): string => new Date(Date.now() + days * day).toISOString();
  return {
    eventId: newId(),
    organizationId,
    name: 'Night of Lights',
    status: 'PUBLISHED',
    venue: { name: 'Hall', address: 'Street 1', city: 'Berlin', timeZone: 'Europe/Berlin' },
    startsAt: at(30),
    endsAt: at(31),
    configuration: {
      saleStartsAt: at(-1),
      saleEndsAt: at(29),
      free: false,
      maximumAttendees: 1000,
      visibility: 'PUBLIC',
      waitroom: null,
      cancellableUntil: null,
      trending: false,
    },
  };
}

/** A published restaurant: open every day from 12:00 to 23:00 in Berlin, a room with tables for 2 and 4, and a bar. */
export function publishedRestaurant(
  organizationId: string,
  values: Partial<RestaurantSnapshot> = {},
): RestaurantSnapshot {
  const { name: _, areas: __, ...configuration } = testConfiguration();
  return {
    ...(configuration as unknown as Pick<
      RestaurantSnapshot,
      'timeZone' | 'schedule' | 'seating' | 'limitPerPersonAndDay'
    >),
    restaurantId: newId(),
    organizationId,
    name: 'Krug',
    status: 'PUBLISHED',
    address: 'Street 1',
    city: 'Berlin',
    zipCode: '10115',
    location: { latitude: 52.5, longitude: 13.4 },
    cuisines: ['german'],
    priceRange: 2,
    areas: [
      {
        areaId: newId(),
        name: 'Room',
        place: 'INSIDE',
        kind: 'TABLES',
        seats: null,
        tables: [
          { tableId: newId(), name: 'Window', seats: 2, minimumParty: 1 },
          { tableId: newId(), name: 'Corner', seats: 4, minimumParty: 1 },
        ],
        joins: [],
      },
      { areaId: newId(), name: 'Bar', place: 'BAR', kind: 'SEATS', seats: 3, tables: [], joins: [] },
    ],
    deposit: { amount: 500, currency: 'EUR' },
    cancellation: { freeUntilHours: 24, thenPercent: 50 },
    ...values,
  };
}

function userIdOf(identity: Identity): string {
  return identity.kind === 'user' ? identity.userId : '';
}

function testContext(environment: Readonly<Record<string, string>>): SubgraphContext {
  const never = (): never => {
    throw new Error('not in this test');
  };
  return {
    environment: new Environment(environment),
    development: true,
    clock: systemClock,
    log: createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent'),
    sealer: createSealer('s'.repeat(32)),
    rateLimiter: createMemoryRateLimiter(),
    pubsub: createMemoryPubSub(),
    portChecks: {},
    metrics: createMetrics(),
    // Tests are believed: the signed identity has its own tests.
    identities: { verify: async (token) => JSON.parse(token) as Identity },
    keySets: { users: { find: never }, waitroom: { find: never } },
    sessionLives: never,
    transportTo: never,
    publicUrl: never,
  };
}
