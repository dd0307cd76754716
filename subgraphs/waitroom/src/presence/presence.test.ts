import { createLog, ManualClock, newId } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import type { Entry } from '../domain/entry.js';
import { runQueue } from '../processor/runQueue.js';
import { findEntry } from '../store/findEntries.js';
import { joinGroup } from '../store/joinGroup.js';
import { buryProcess, findDeadProcesses } from '../store/presence.js';
import { createTestStore, type TestStore } from '../testing/createTestStore.js';
import { createPresence, type Presence } from './createPresence.js';

let store: TestStore;
let clock: ManualClock;
const running: Presence[] = [];

beforeEach(async () => {
  store = await createTestStore();
  clock = new ManualClock();
});

afterEach(async () => {
  for (const presence of running.splice(0)) await presence.stop();
  await store.drop();
});

const start = async (): Promise<Presence> => {
  const presence = createPresence({ store, clock, log: createLog('test', 'silent') });
  await presence.start();
  running.push(presence);
  return presence;
};
const queue = () =>
  store.createQueue({ maximumInCheckout: 1, free: 0 }).then(async (eventId) => {
    await store.stock(eventId, 'HELD', [10, 10, 0]);
    await run(eventId);
    return eventId;
  });
const run = (eventId: string) =>
  store.run((sql) => runQueue(sql, eventId, { admissionMs: 900_000, absenceMs: 120_000 }));
const join = async (eventId: string, count: number): Promise<Entry[]> => {
  const requests = Array.from({ length: count }, () => ({ userId: newId(), staysForReturns: false }));
  return (await store.run((sql) =>
    joinGroup(sql, eventId, requests, { opensBeforeMs: 86_400_000 }),
  )) as Entry[];
};
const statusesOf = (entries: readonly Entry[]): Promise<unknown[]> =>
  Promise.all(entries.map(async ({ id }) => (await findEntry(store.sql, id))?.status));

test('two minutes without connection and poll: the place is lost, and no earlier', async () => {
  const presence = await start();
  const eventId = await queue();
  const [silent, polling, connected] = (await join(eventId, 3)) as [Entry, Entry, Entry];
  presence.attach(connected);
  await presence.flush();
  await store.pass('119 seconds');
  presence.saw(polling);
  await presence.flush();
  await run(eventId);
  expect(await statusesOf([silent, polling, connected])).toEqual(['QUEUED', 'QUEUED', 'QUEUED']);
  await store.pass('2 seconds');
  await run(eventId);
  expect(await statusesOf([silent, polling, connected])).toEqual(['EXPIRED', 'QUEUED', 'QUEUED']);
  await store.pass('1 hour');
  await run(eventId);
  expect(await statusesOf([polling, connected])).toEqual(['EXPIRED', 'QUEUED']);
  await store.log(eventId);
});

test('two tabs: the place counts as heard until the last is closed, and two minutes longer', async () => {
  const [here, there] = [await start(), await start()];
  const eventId = await queue();
  const [entry] = (await join(eventId, 1)) as [Entry];
  const close = here.attach(entry);
  there.attach(entry);
  await Promise.all([here.flush(), there.flush()]);
  close(false);
  await here.flush();
  await store.pass('10 minutes');
  await run(eventId);
  expect(await statusesOf([entry])).toEqual(['QUEUED']);
  const again = here.attach(entry);
  await here.flush();
  again(false);
  const other = here.attach(entry);
  other(false);
  await here.flush();
  await run(eventId);
  expect(await statusesOf([entry])).toEqual(['QUEUED']);
});

test('before the sale nobody loses a place; from its start on everybody has two minutes', async () => {
  await start();
  const eventId = await store.createQueue({ saleStarts: 3600, maximumInCheckout: 1 });
  await store.stock(eventId, 'HELD', [10, 10, 0]);
  const entries = await join(eventId, 2);
  await store.pass('59 minutes');
  await run(eventId);
  await store.pass('1 minute');
  await run(eventId);
  await store.pass('119 seconds');
  await run(eventId);
  expect(await statusesOf(entries)).toEqual(['QUEUED', 'QUEUED']);
  await store.pass('2 seconds');
  await run(eventId);
  expect(await statusesOf(entries)).toEqual(['EXPIRED', 'EXPIRED']);
});

test('a mass disconnection: nobody is gone until somebody could be heard again, and two minutes from then', async () => {
  const presence = await start();
  const eventId = await queue();
  const entries = await join(eventId, 30);
  const connections = entries.map((entry) => presence.attach(entry));
  await presence.flush();
  for (const close of connections) close(false);
  await presence.flush();
  await store.pass('20 minutes');
  await run(eventId);
  expect(new Set(await statusesOf(entries))).toEqual(new Set(['QUEUED']));
  const [first, ...others] = entries as [Entry, ...Entry[]];
  presence.saw(first);
  await presence.flush();
  await store.pass('119 seconds');
  await run(eventId);
  expect(new Set(await statusesOf(entries))).toEqual(new Set(['QUEUED']));
  presence.saw(first);
  await presence.flush();
  await store.pass('2 seconds');
  await run(eventId);
  expect(await statusesOf([first])).toEqual(['QUEUED']);
  expect(new Set(await statusesOf(others))).toEqual(new Set(['EXPIRED']));
});

test('people who close their browsers one by one, or whom we tell good-bye, are no mass disconnection', async () => {
  const presence = await start();
  const eventId = await queue();
  const entries = await join(eventId, 30);
  for (const [index, entry] of entries.entries()) {
    const close = presence.attach(entry);
    if (index % 2 === 0) clock.advance(2000);
    close(index % 2 === 1);
  }
  await presence.flush();
  await store.pass('121 seconds');
  await run(eventId);
  expect(new Set(await statusesOf(entries))).toEqual(new Set(['EXPIRED']));
});

test('a process that dies: its people are heard until it is buried, then have two minutes', async () => {
  const [dying] = [await start(), await start()];
  const eventId = await queue();
  const [entry] = (await join(eventId, 1)) as [Entry];
  dying?.attach(entry);
  await dying?.flush();
  await store.pass('10 minutes');
  const { rows } = await store.pool.query<{ process_id: string }>('select process_id from attachment');
  const dead = rows[0]?.process_id ?? '';
  await store.pool.query(
    `update process set beat_at = clock_timestamp() - interval '11 seconds' where id = $1`,
    [dead],
  );
  expect(await findDeadProcesses(store.sql)).toEqual([dead]);
  await store.run((sql) => buryProcess(sql, dead, 100));
  await store.pass('119 seconds');
  await run(eventId);
  expect(await statusesOf([entry])).toEqual(['QUEUED']);
  // It was not dead after all: it notices, and its people are heard again.
  await waitUntil(async () => {
    const attached = await store.pool.query('select from attachment where process_id <> $1', [dead]);
    return attached.rowCount === 1;
  });
  await store.pass('10 minutes');
  await run(eventId);
  expect(await statusesOf([entry])).toEqual(['QUEUED']);
});

test('a restart: everybody has two minutes from the moment service returned', async () => {
  const before = await start();
  const eventId = await queue();
  const entries = await join(eventId, 2);
  before.attach(entries[0] as Entry);
  await before.flush();
  // All are killed; nobody says anything for a while.
  running.splice(0);
  await before.stop();
  await store.pass('1 hour');
  await start();
  await run(eventId);
  for (const id of await findDeadProcesses(store.sql)) await store.run((sql) => buryProcess(sql, id, 100));
  await store.pass('119 seconds');
  await run(eventId);
  expect(await statusesOf(entries)).toEqual(['QUEUED', 'QUEUED']);
  await store.pass('2 seconds');
  await run(eventId);
  expect(await statusesOf(entries)).toEqual(['EXPIRED', 'EXPIRED']);
});
