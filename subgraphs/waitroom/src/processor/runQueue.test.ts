import { newId } from '@foyer/platform';
import { drawOrder, entriesHash } from '../domain/draw.js';
import type { Entry } from '../domain/entry.js';
import { applyAdmissionEvent, type AdmissionNews } from '../store/applyAdmissionEvent.js';
import { findEntry } from '../store/findEntries.js';
import { joinGroup } from '../store/joinGroup.js';
import { leaveLine } from '../store/leaveLine.js';
import { operateQueue } from '../store/operateQueue.js';
import { noteOrderQuantity, noteOrderUnits } from '../store/queueOrders.js';
import { saveQueueSettings } from '../store/saveQueueSettings.js';
import { createTestStore, type TestStore } from '../testing/createTestStore.js';
import { eventSnapshot } from '../testing/snapshots.js';
import { runQueue, type RunResult } from './runQueue.js';

let store: TestStore;

beforeAll(async () => {
  store = await createTestStore();
});

afterAll(() => store.drop());

const run = (eventId: string): Promise<RunResult> =>
  store.run((sql) => runQueue(sql, eventId, { admissionMs: 900_000, absenceMs: 120_000 }));
const runAll = async (eventId: string): Promise<void> => {
  let more = true;
  while (more) more = (await run(eventId)).more;
};
const join = async (eventId: string, count: number, staysForReturns = false): Promise<Entry[]> => {
  const requests = Array.from({ length: count }, () => ({ userId: newId(), staysForReturns }));
  return (await store.run((sql) =>
    joinGroup(sql, eventId, requests, { opensBeforeMs: 86_400_000 }),
  )) as Entry[];
};
const statusesOf = (entries: readonly Entry[]): Promise<unknown[]> =>
  Promise.all(entries.map(async ({ id }) => (await findEntry(store.sql, id))?.status));
const hear = (eventId: string): Promise<unknown> =>
  store.pool.query('update entry set last_seen_at = foyer_now() where event_id = $1', [eventId]);

test('the early are drawn at the start, by the seed, and stand before everybody else', async () => {
  const eventId = await store.createQueue({
    saleStarts: 3600,
    maximumInCheckout: 1000,
    admissionsPerMinute: 1_000_000,
  });
  const early = await join(eventId, 50);
  await run(eventId);
  expect(new Set(await statusesOf(early))).toEqual(new Set(['QUEUED']));
  const [leaver] = early as [Entry];
  await store.run((sql) => leaveLine(sql, eventId, leaver.userId));
  await store.pass('1 hour');
  // The first who comes after the start finds the line drawn, whether or not a processor has run.
  const late = await join(eventId, 3);
  await hear(eventId);
  const rows = await store.log(eventId);
  const drawn = rows.find(({ kind }) => kind === 'DRAWN')?.detail;
  const ids = early.slice(1).map(({ id }) => id);
  expect(drawn).toMatchObject({ count: 49, entriesHash: entriesHash(ids).toString('hex') });
  await runAll(eventId);
  const admitted = (await store.log(eventId))
    .filter(({ kind }) => kind === 'ADMITTED')
    .map(({ entryId }) => entryId);
  const order = drawOrder(Buffer.from(drawn?.seed ?? '', 'hex'), ids);
  expect(admitted).toEqual([...order, ...late.map(({ id }) => id)]);
});

test('with nobody early the draw is made all the same; rescheduling the sale after it changes no order', async () => {
  const eventId = await store.createQueue({ saleStarts: 1800, maximumInCheckout: 1 });
  await store.pass('30 minutes');
  await run(eventId);
  const [first] = await join(eventId, 2);
  const moved = eventSnapshot(newId(), { eventId, saleStarts: 7200, maximumInCheckout: 1 });
  await store.run((sql) => saveQueueSettings(sql, moved));
  await store.pool.query('update queue set sale_starts_at = foyer_now() + $2::interval where event_id = $1', [
    eventId,
    '1 hour',
  ]);
  await join(eventId, 1);
  await run(eventId);
  expect(await statusesOf([first as Entry])).toEqual(['QUEUED']);
  await store.pass('1 hour');
  await hear(eventId);
  await run(eventId);
  expect(await statusesOf([first as Entry])).toEqual(['ADMITTED']);
  expect((await store.log(eventId)).filter(({ kind }) => kind === 'DRAWN')).toHaveLength(1);
});

test('HELD waits; SOLD_OUT ends everybody but those who stay; what comes back goes to them, in order', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 5, free: 10 });
  await store.stock(eventId, 'HELD', [10, 10, 0]);
  const leaving = await join(eventId, 3);
  const staying = await join(eventId, 3, true);
  await runAll(eventId);
  expect(new Set(await statusesOf([...leaving, ...staying]))).toEqual(new Set(['QUEUED']));
  await store.stock(eventId, 'SOLD_OUT', [10, 0, 10]);
  await runAll(eventId);
  expect(new Set(await statusesOf(leaving))).toEqual(new Set(['ENDED']));
  expect(await findEntry(store.sql, leaving[0]?.id ?? '')).toMatchObject({ endedReason: 'SOLD_OUT' });
  const returning = await join(eventId, 1, true);
  await runAll(eventId);
  expect(new Set(await statusesOf([...staying, ...returning]))).toEqual(new Set(['QUEUED']));
  await store.stock(eventId, 'LOW', [10, 0, 8]);
  await runAll(eventId);
  expect(await statusesOf([...staying, ...returning])).toEqual(['ADMITTED', 'ADMITTED', 'QUEUED', 'QUEUED']);
  await store.log(eventId);
});

test('a long line ends from its back: what comes back half-way goes to the front', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 1, free: 10 });
  await store.stock(eventId, 'HELD', [10, 10, 0]);
  const entries = await join(eventId, 2500);
  await run(eventId);
  await store.stock(eventId, 'SOLD_OUT', [10, 0, 10]);
  expect((await run(eventId)).more).toBe(true);
  await store.stock(eventId, 'LOW', [10, 0, 9]);
  await runAll(eventId);
  const statuses = await statusesOf(entries);
  expect(statuses[0]).toBe('ADMITTED');
  expect(statuses.indexOf('ENDED')).toBe(1500);
  await store.stock(eventId, 'SOLD_OUT', [10, 0, 10]);
  await runAll(eventId);
  expect((await statusesOf(entries)).filter((status) => status === 'ENDED')).toHaveLength(2499);
  await store.log(eventId);
});

test.each([
  [
    'SALE_ENDED',
    (eventId: string) =>
      store.pool.query('update queue set sale_ends_at = foyer_now() where event_id = $1', [eventId]),
  ],
  [
    'EVENT_CANCELLED',
    (eventId: string) =>
      store.run((sql) => saveQueueSettings(sql, eventSnapshot(newId(), { eventId, status: 'CANCELLED' }))),
  ],
])('%s ends everybody, also those who stay for returns', async (reason, happens) => {
  const eventId = await store.createQueue({ maximumInCheckout: 1 });
  const entries = [...(await join(eventId, 2)), ...(await join(eventId, 2, true))];
  await run(eventId);
  await happens(eventId);
  await runAll(eventId);
  expect(await statusesOf(entries)).toEqual(['ADMITTED', 'ENDED', 'ENDED', 'ENDED']);
  expect(await findEntry(store.sql, entries[3]?.id ?? '')).toMatchObject({ endedReason: reason });
  const refused = await join(eventId, 1);
  expect(refused[0]).toMatchObject({ refusal: { code: reason } });
  await store.log(eventId);
});

test('paused: nobody is admitted, people may join; catalog saying the same again leaves the operator his numbers', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 10 });
  await store.run((sql) => operateQueue(sql, eventId, { kind: 'PAUSE' }));
  await store.run((sql) => operateQueue(sql, eventId, { kind: 'PAUSE' }));
  await store.run((sql) => operateQueue(sql, eventId, { kind: 'CONFIGURE', maximumInCheckout: 2 }));
  const entries = await join(eventId, 4);
  await run(eventId);
  expect(new Set(await statusesOf(entries))).toEqual(new Set(['QUEUED']));
  await store.run((sql) =>
    saveQueueSettings(sql, eventSnapshot(newId(), { eventId, maximumInCheckout: 10 })),
  );
  await store.run((sql) => operateQueue(sql, eventId, { kind: 'RESUME' }));
  await run(eventId);
  expect(await statusesOf(entries)).toEqual(['ADMITTED', 'ADMITTED', 'QUEUED', 'QUEUED']);
  expect((await store.log(eventId)).filter(({ kind }) => kind === 'PAUSED')).toHaveLength(1);
  await store.run((sql) => saveQueueSettings(sql, eventSnapshot(newId(), { eventId, maximumInCheckout: 3 })));
  await run(eventId);
  expect(await statusesOf(entries)).toEqual(['ADMITTED', 'ADMITTED', 'ADMITTED', 'QUEUED']);
});

test('M a minute, one by one', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 100, admissionsPerMinute: 60 });
  const entries = await join(eventId, 4);
  const admitted = async (): Promise<number> =>
    (await statusesOf(entries)).filter((status) => status === 'ADMITTED').length;
  const { waitMs } = await run(eventId);
  expect(waitMs).toBe(1000);
  expect(await admitted()).toBe(1);
  await store.pass('1 second');
  await run(eventId);
  expect(await admitted()).toBe(2);
  await store.pass('59 seconds');
  await run(eventId);
  expect(await admitted()).toBe(3);
  await store.log(eventId);
});

test('a line in which nothing can happen any more is settled, and looked at no longer', async () => {
  const eventId = await store.createQueue();
  await join(eventId, 1);
  await store.run((sql) => saveQueueSettings(sql, eventSnapshot(newId(), { eventId, status: 'CANCELLED' })));
  await runAll(eventId);
  const { rows } = await store.pool.query<{ settled: boolean }>(
    'select settled from queue where event_id = $1',
    [eventId],
  );
  expect(rows[0]?.settled).toBe(true);
  expect((await run(eventId)).changed).toBe(false);
});

/** Four tickets, N = 2: three are held, one has come back, and its front has been admitted and has ordered. */
async function orderTheLastUnit(): Promise<{
  eventId: string;
  second: Entry;
  orderId: string;
  tell(news: AdmissionNews): Promise<void>;
}> {
  const eventId = await store.createQueue({ maximumInCheckout: 2 });
  const [first, second] = (await join(eventId, 2)) as [Entry, Entry];
  await store.stock(eventId, 'LOW', [4, 3, 0]);
  await run(eventId);
  expect(await statusesOf([first, second])).toEqual(['ADMITTED', 'QUEUED']);
  const admissionId = (await findEntry(store.sql, first.id))?.admissionId ?? '';
  const tell = (news: AdmissionNews): Promise<void> =>
    store.run((sql) => applyAdmissionEvent(sql, eventId, admissionId, news));
  const orderId = newId();
  return { eventId, second, orderId, tell };
}

test('nobody is admitted to be refused: a spent admission claims its units until inventory has counted them', async () => {
  const { eventId, second, orderId, tell } = await orderTheLastUnit();
  const isWaiting = async (): Promise<void> => {
    // Time frees nothing.
    await store.pass('1 hour');
    await hear(eventId);
    await runAll(eventId);
    expect(await statusesOf([second])).toEqual(['QUEUED']);
  };
  await tell({ kind: 'SPENT', orderId });
  await isWaiting();
  await store.run((sql) => noteOrderQuantity(sql, eventId, orderId, 2));
  // One unit more is free as inventory says; the order has asked for both.
  await store.stock(eventId, 'LOW', [4, 2, 0]);
  await isWaiting();
  // The hold is known, the change of state that came with it is not yet: the units are counted all the same.
  const offerId = store.offerOf(eventId);
  const others = [{ offerId, quantity: 2 }];
  await store.run((sql) => noteOrderUnits(sql, eventId, newId(), 'HAS', others));
  await store.run((sql) => noteOrderUnits(sql, eventId, orderId, 'HAS', [{ offerId, quantity: 2 }]));
  await isWaiting();
  await store.run((sql) => noteOrderUnits(sql, eventId, orderId, 'RETURNED', [{ offerId, quantity: 1 }]));
  await runAll(eventId);
  expect(await statusesOf([second])).toEqual(['ADMITTED']);
  await store.log(eventId);
});

test.each([
  ['the order was refused', 'RETURNED', false],
  ['the checkout has ended', 'FAILED', true],
] as const)('a claim ends with its order: %s', async (_, kind, admits) => {
  const { eventId, second, orderId, tell } = await orderTheLastUnit();
  await tell({ kind: 'SPENT', orderId });
  await tell({ kind });
  await runAll(eventId);
  // An admission that is returned stands for the unit again.
  expect(await statusesOf([second])).toEqual([admits ? 'ADMITTED' : 'QUEUED']);
});

test('inventory may tell of an order before orders does: its units are counted once', async () => {
  const { eventId, second, orderId, tell } = await orderTheLastUnit();
  const offerId = store.offerOf(eventId);
  await store.run((sql) => noteOrderUnits(sql, eventId, orderId, 'HAS', [{ offerId, quantity: 1 }]));
  await tell({ kind: 'SPENT', orderId });
  await store.stock(eventId, 'LOW', [4, 2, 0]);
  await runAll(eventId);
  expect(await statusesOf([second])).toEqual(['ADMITTED']);
});
