import {
  AdmissionSpent,
  CheckoutCompleted,
  CheckoutExpired,
  EventPublished,
  AvailabilityChanged,
  type CloudEvent,
  type EventDataOf,
  type EventDefinition,
} from '@foyer/kafka';
import { createTestBus, testEvent, type TestBus } from '@foyer/kafka/testing';
import { newId } from '@foyer/platform';
import { person, waitUntil } from '@foyer/platform/testing';
import type { PersonalLogRow } from '../domain/checkWaitroomLog.js';
import { drawOrder } from '../domain/draw.js';
import { readPersonalLog } from '../store/readLog.js';
import { createTestStore, type TestStore } from '../testing/createTestStore.js';
import type { Data } from '../testing/createTestWaitroom.js';
import { eventSnapshot } from '../testing/snapshots.js';
import { startWaitroomProcess, type WaitroomProcess } from '../testing/startWaitroomProcess.js';

const PEOPLE = 5000;
const EARLY = 2000;
const UNITS = 600;
const PLACES = 50;
const AT_ONCE = 100;

const JOIN = `mutation ($eventId: ID!) { joinWaitroom(eventId: $eventId) {
  __typename ... on JoinWaitroomPayload { entry { id } } ... on Refusal { code message } } }`;
const LEAVE = `mutation ($eventId: ID!) { leaveWaitroom(eventId: $eventId) { __typename ... on Refusal { code } } }`;

let store: TestStore;
let bus: TestBus;
const processes: WaitroomProcess[] = [];

beforeAll(async () => {
  store = await createTestStore();
  bus = await createTestBus();
});

afterAll(async () => {
  for (const each of processes) await each.kill();
  await bus.close();
  await store.drop();
});

const start = async (): Promise<WaitroomProcess> => {
  const started = await startWaitroomProcess(store.url, bus.url);
  processes.push(started);
  return started;
};

interface HeldPlace {
  readonly admission_id: string;
  readonly user_id: string;
  readonly status: string;
  readonly order_id: string | null;
}

/** Tells what other subgraphs would tell, in the order of its making. */
class Others {
  private readonly versions = new Map<string, number>();

  event<Definition extends EventDefinition>(
    definition: Definition,
    aggregateId: string,
    data: EventDataOf<Definition>,
  ): CloudEvent {
    const aggregateVersion = (this.versions.get(aggregateId) ?? 0) + 1;
    this.versions.set(aggregateId, aggregateVersion);
    return testEvent(definition, { aggregateId, aggregateVersion, data });
  }
}

test('5,000 people, two processes, one of them killed in the middle: nobody is lost, passed over or let in beside N', async () => {
  const others = new Others();
  const offerId = newId();
  const snapshot = eventSnapshot(newId(), {
    saleStarts: 3600,
    maximumInCheckout: PLACES,
    admissionsPerMinute: 1_000_000,
  });
  const { eventId } = snapshot;
  const tellStock = async (state: 'AVAILABLE' | 'SOLD_OUT', sold: number): Promise<void> => {
    const data = { offerId, listingId: eventId, state, total: UNITS, reserved: 0, sold };
    await bus.publish('inventory-events', [others.event(AvailabilityChanged, offerId, data)]);
  };
  const [first, second] = [await start(), await start()];
  let serving = [first, second];
  await bus.publish('catalog-events', [others.event(EventPublished, eventId, snapshot)]);
  await tellStock('AVAILABLE', 0);
  const inQueue = 'select event_id from queue where event_id = $1';
  await waitUntil(async () => (await store.pool.query(inQueue, [eventId])).rowCount === 1);

  /** Asks until somebody answers, as a client does whose connection broke. */
  const ask = async (as: ReturnType<typeof person>, index: number, query: string): Promise<Data> => {
    for (let attempt = 0; ; attempt += 1) {
      try {
        const process = serving[(index + attempt) % serving.length] as WaitroomProcess;
        return await process.ask(as, query, { eventId });
      } catch (error) {
        if (attempt === 20) throw error;
      }
    }
  };
  const people = Array.from({ length: PEOPLE }, () => person());
  const entryOf = new Map<string, string>();
  let joined = 0;
  const joinAll = async (from: number, to: number): Promise<void> => {
    let next = from;
    const one = async (): Promise<void> => {
      while (next < to) {
        const index = next;
        next += 1;
        const somebody = people[index] as ReturnType<typeof person>;
        const { joinWaitroom } = await ask(somebody, index, JOIN);
        const id = (joinWaitroom as Data)['entry']?.['id'] as string | undefined;
        if (id === undefined) throw new Error(JSON.stringify(joinWaitroom));
        entryOf.set(somebody.userId, id);
        joined += 1;
      }
    };
    await Promise.all(Array.from({ length: AT_ONCE }, one));
  };
  const logNow = (): Promise<readonly PersonalLogRow[]> => readPersonalLog(store.sql, eventId);

  await joinAll(0, EARLY);
  await store.pass('1 hour');

  // Orders at work beside the joining: two of three buy, the third lets the payment lapse or gives the turn up.
  let sold = 0;
  let soldOut = false;
  let stopped = false;
  const orders = async (): Promise<void> => {
    const seen = new Set<string>();
    const closing = new Set<string>();
    while (!stopped) {
      const rows = await waitUntil(async () => {
        const held = await store.pool.query<HeldPlace>(
          'select admission_id, user_id, status, order_id from entry where event_id = $1 and place_held',
          [eventId],
        );
        const isNews = held.rows.some(
          ({ admission_id: id, status }) => !seen.has(id) || (status === 'LEFT' && !closing.has(id)),
        );
        return (isNews || stopped) && held.rows;
      }, 'somebody in checkout');
      const events: CloudEvent[] = [];
      for (const { admission_id: admissionId, user_id: userId, status, order_id: spentBy } of rows) {
        const admission = { admissionId, eventId, userId, orderId: newId() };
        if (status === 'LEFT' && spentBy === null && !closing.has(admissionId)) {
          closing.add(admissionId);
          events.push(others.event(AdmissionSpent, admissionId, { ...admission, orderId: null }));
        }
        if (seen.has(admissionId)) continue;
        seen.add(admissionId);
        if (seen.size % 10 === 0) {
          await ask(people.find((each) => each.userId === userId) as ReturnType<typeof person>, 0, LEAVE);
          continue;
        }
        events.push(others.event(AdmissionSpent, admissionId, admission));
        const buys = seen.size % 3 !== 0 && sold < UNITS;
        sold += Number(buys);
        events.push(others.event(buys ? CheckoutCompleted : CheckoutExpired, admissionId, admission));
      }
      if (events.length > 0) await bus.publish('order-events', events);
      if (sold === UNITS && !soldOut) {
        soldOut = true;
        await tellStock('SOLD_OUT', UNITS);
      }
    }
  };
  const ordering = orders();
  const joining = joinAll(EARLY, PEOPLE);
  const killed = (async () => {
    await waitUntil(() => joined > EARLY + (PEOPLE - EARLY) / 3, 'a third of the late');
    const { rows } = await store.pool.query<{ seq: number }>(
      `select count(*)::integer as seq from queue_log where event_id = $1 and kind = 'ADMITTED'`,
      [eventId],
    );
    expect(rows[0]?.seq).toBeGreaterThan(0);
    serving = [second];
    await first.kill();
    serving = [second, await start()];
  })();
  await Promise.all([joining, killed]);
  const settled = 'select from queue where event_id = $1 and waiting = 0 and places_taken = 0';
  await waitUntil(async () => (await store.pool.query(settled, [eventId])).rowCount === 1, 'an empty line');
  stopped = true;
  await ordering;

  // No gap, no inversion, never more than N, the draw as its seed says: see checkWaitroomLog.
  const rows = await store.log(eventId);
  const of = (kind: string): readonly PersonalLogRow[] => rows.filter((row) => row.kind === kind);
  expect(of('JOINED')).toHaveLength(PEOPLE);
  expect(new Map(of('JOINED').map(({ userId, entryId }) => [userId, entryId]))).toEqual(entryOf);
  expect(of('COMPLETED')).toHaveLength(UNITS);
  expect(of('COMPLETED').length + of('EXPIRED').length + of('LEFT').length + of('ENDED').length).toBe(PEOPLE);
  const early = of('JOINED')
    .slice(0, EARLY)
    .map(({ entryId }) => entryId ?? '');
  const seed = Buffer.from(of('DRAWN')[0]?.detail?.seed ?? '', 'hex');
  const admitted = of('ADMITTED').map(({ entryId }) => entryId ?? '');
  expect(admitted.length).toBeGreaterThan(UNITS);
  expect(admitted).toEqual(drawOrder(seed, early).slice(0, admitted.length));
  await waitUntil(async () => {
    const { rows: told } = await store.pool.query<{ events: bigint }>(
      `select count(*) as events from messaging.outbox where type in ('queue.joined', 'queue.ready', 'queue.ended')`,
    );
    return told[0]?.events === BigInt(PEOPLE + admitted.length + of('ENDED').length);
  }, 'everything told once');
  expect(await logNow()).toHaveLength(rows.length);
});
