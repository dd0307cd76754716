import { createPostgresBus, type EventDataOf, type EventDefinition, type OfferSnapshot } from '@foyer/kafka';
import * as contracts from '@foyer/kafka';
import { createTestBus, publishAndSettle, testEvent, type TestBus } from '@foyer/kafka/testing';
import { createLog, createPool, newId, type Identity, type Subgraph } from '@foyer/platform';
import { createTestPlatform, person, waitUntil, type TestPlatform } from '@foyer/platform/testing';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { ExecutionResult } from 'graphql';
import type { Pool } from 'pg';
import { checkWaitroomLog, type PersonalLogRow } from '../domain/checkWaitroomLog.js';
import { readPersonalLog } from '../store/readLog.js';
import { createWaitroom } from '../subgraph.js';
import { COUNTER_FAULTS, MOVABLE_CLOCK } from './createTestStore.js';
import { eventSnapshot, offerSnapshot, type TestEventOptions } from './snapshots.js';

/** Answers as tests look at them. */
// eslint-disable-next-line @typescript-eslint/no-explicit-any
export type Data = Record<string, any>;

/** Somebody who stands in line. */
export type Person = Identity & { readonly kind: 'user' };

/** A waiting room of one test on its own databases, and ways to use it. */
export interface TestWaitroom {
  readonly pool: Pool;
  readonly bus: TestBus;
  readonly platform: TestPlatform;
  readonly databaseUrl: string;
  readonly organizationId: string;
  readonly organizer: Person;
  /** Asks a process. @throws when there are errors. */
  ask(as: Identity, query: string, variables?: Data, process?: number): Promise<Data>;
  subscribe(as: Identity, eventId: string, process?: number): Promise<AsyncIterableIterator<ExecutionResult>>;
  join(as: Identity, eventId: string, stayForReturns?: boolean, process?: number): Promise<Data>;
  entry(as: Identity, eventId: string, process?: number): Promise<Data>;
  /** Waits until somebody's place has this status. */
  reaches(as: Identity, eventId: string, status: string): Promise<Data>;
  /** Tells of an event with a waiting room as catalog does. @returns its id. */
  publishEvent(options?: TestEventOptions): Promise<string>;
  /** Tells of an offer as inventory does. @returns its id. */
  offer(eventId: string, offer?: Partial<OfferSnapshot>): Promise<string>;
  /** Tells how an offer stands. */
  availability(
    eventId: string,
    offerId: string,
    state: string,
    counts: readonly [total: number, reserved: number, sold: number],
  ): Promise<void>;
  /** Tells what became of an admission as orders does; versions count up by themselves. */
  tell<Definition extends EventDefinition>(
    definition: Definition,
    data: EventDataOf<Definition>,
  ): Promise<void>;
  /** The log of an event, after a check that nothing is wrong with it. */
  log(eventId: string): Promise<readonly PersonalLogRow[]>;
  /** Events published for the world, oldest first. */
  told(type: string): Promise<readonly Data[]>;
  /** Moves the database's time. */
  pass(interval: string): Promise<void>;
  start(): Promise<Subgraph>;
  stop(): Promise<void>;
}

const FIELDS = `id status position peopleAhead saleState stayForReturns admissionToken admissionExpiresAt endedReason
  options version estimatedWait { from to } event { id }`;
const JOIN = `mutation ($eventId: ID!, $stay: Boolean!) { joinWaitroom(eventId: $eventId, stayForReturns: $stay) {
  __typename ... on JoinWaitroomPayload { entry { ${FIELDS} } } ... on Refusal { code message }
  ... on WaitroomClosed { opensAt options } ... on RateLimited { retryAfter } } }`;
const ENTRY = `query ($eventId: ID!) { waitroomEntry(eventId: $eventId) { ${FIELDS} } }`;
const FOLLOW = `subscription ($eventId: ID!) { queuePosition(eventId: $eventId) { ${FIELDS} } }`;

/** Starts so many processes' worth of waiting room on one database. */
export async function createTestWaitroom(
  options: { readonly processes?: number; readonly environment?: Readonly<Record<string, string>> } = {},
): Promise<TestWaitroom> {
  const { processes = 1, environment = {} } = options;
  const database = await createTestDatabase('waitroom');
  const bus = await createTestBus();
  const pool = createPool(database.url, { max: 4, applicationName: 'test' });
  await pool.query(MOVABLE_CLOCK);
  const platform = createTestPlatform({
    environment: { WAITROOM_JOINS_PER_MINUTE: '1000000', ...environment },
  });
  const organizer = person();
  const organizationId = newId();
  const subgraphs: Subgraph[] = [];
  const stops: (() => Promise<void>)[] = [];
  const versions = new Map<string, number>();

  const start = async (): Promise<Subgraph> => {
    const busPool = createPool(bus.url, { max: 4, applicationName: 'test-bus' });
    const ownBus = await createPostgresBus({ pool: busPool, log: createLog('test', 'silent') });
    const context = platform.contextFor('waitroom');
    const log = createLog('test', process.env['TEST_LOG_LEVEL'] ?? 'silent');
    const subgraph = await createWaitroom({
      context: { ...context, log },
      bus: ownBus,
      databaseUrl: database.url,
    });
    await subgraph.start();
    subgraphs.push(subgraph);
    stops.push(async () => {
      await ownBus.close();
      await busPool.end();
    });
    return subgraph;
  };
  for (let index = 0; index < processes; index += 1) await start();

  const publish = async <Definition extends EventDefinition>(
    definition: Definition,
    aggregateId: string,
    data: EventDataOf<Definition>,
  ): Promise<void> => {
    const aggregateVersion = (versions.get(aggregateId) ?? 0) + 1;
    versions.set(aggregateId, aggregateVersion);
    const event = testEvent(definition, { aggregateId, aggregateVersion, data });
    await publishAndSettle(bus, 'waitroom', definition.topic, [event]);
  };
  await publish(contracts.OrganizationMemberAdded, organizationId, {
    organizationId,
    userId: organizer.userId,
    role: 'EDITOR',
    listingIds: null,
  });

  const ask: TestWaitroom['ask'] = async (as, query, variables = {}, index = 0) => {
    const { data, errors } = await platform.run<Data>(subgraphs[index] as Subgraph, as, query, variables);
    if (errors) throw new Error(JSON.stringify(errors));
    return data;
  };
  const entry: TestWaitroom['entry'] = async (as, eventId, index) =>
    (await ask(as, ENTRY, { eventId }, index))['waitroomEntry'] as Data;

  return {
    pool,
    bus,
    platform,
    databaseUrl: database.url,
    organizationId,
    organizer,
    ask,
    entry,
    start,
    subscribe: (as, eventId, index = 0) =>
      platform.subscribe(subgraphs[index] as Subgraph, as, FOLLOW, { eventId }),
    async join(as, eventId, stayForReturns = false, index = 0) {
      const result = (await ask(as, JOIN, { eventId, stay: stayForReturns }, index))['joinWaitroom'] as Data;
      return (result['entry'] as Data | undefined) ?? result;
    },
    reaches: (as, eventId, status) =>
      waitUntil(async () => {
        const found = await entry(as, eventId);
        return found['status'] === status ? found : null;
      }, `status ${status}`),
    async publishEvent(given = {}) {
      const data = eventSnapshot(organizationId, given);
      const definition = data.status === 'CANCELLED' ? contracts.EventCancelled : contracts.EventPublished;
      await publish(definition, data.eventId, data);
      return data.eventId;
    },
    async offer(eventId, offer = {}) {
      const data = { ...offerSnapshot(eventId, organizationId), ...offer };
      await publish(contracts.OfferCreated, data.offerId, data);
      return data.offerId;
    },
    async availability(eventId, offerId, state, [total, reserved, sold]) {
      const data = { offerId, listingId: eventId, state: state as 'HELD', total, reserved, sold };
      await publish(contracts.AvailabilityChanged, offerId, data);
    },
    tell: (definition, data) => publish(definition, (data as { admissionId: string }).admissionId, data),
    async log(eventId) {
      const rows = await readPersonalLog(contracts.queryable(pool), eventId);
      expect(checkWaitroomLog(rows)).toEqual([]);
      expect((await pool.query(COUNTER_FAULTS)).rows).toEqual([]);
      return rows;
    },
    async told(type) {
      const { rows } = await pool.query<{ data: Data }>(
        `select payload -> 'data' as data from messaging.outbox where type = $1 order by position`,
        [type],
      );
      return rows.map(({ data }) => data);
    },
    async pass(interval) {
      await pool.query('update test_clock set shift = shift + $1::interval', [interval]);
    },
    async stop() {
      for (const subgraph of subgraphs) await subgraph.stop();
      for (const each of stops) await each();
      await bus.close();
      await pool.end();
      await database.drop();
    },
  };
}
