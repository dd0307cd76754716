import { newId } from '@foyer/platform';
import { runQueue } from '../processor/runQueue.js';
import { createTestStore, type TestStore } from '../testing/createTestStore.js';
import { applyAdmissionEvent, type AdmissionNews } from './applyAdmissionEvent.js';
import { findEntry, findEntryOf } from './findEntries.js';
import { joinGroup } from './joinGroup.js';
import { leaveLine } from './leaveLine.js';
import { lockQueue } from './lockQueue.js';
import { operateQueue } from './operateQueue.js';
import { passTurns } from './passTurns.js';
import type { Entry } from '../domain/entry.js';

let store: TestStore;

beforeAll(async () => {
  store = await createTestStore();
});

afterAll(() => store.drop());

const OPTIONS = { admissionMs: 900_000, absenceMs: 120_000 };
const run = (eventId: string) => store.run((sql) => runQueue(sql, eventId, OPTIONS));
const join = async (eventId: string, count: number): Promise<Entry[]> => {
  const requests = Array.from({ length: count }, () => ({ userId: newId(), staysForReturns: false }));
  return (await store.run((sql) => joinGroup(sql, eventId, requests, { opensBeforeMs: 0 }))) as Entry[];
};
const now = async (entry: Entry): Promise<Entry> => (await findEntry(store.sql, entry.id)) ?? entry;
const tell = async (entry: Entry, news: AdmissionNews): Promise<void> => {
  const { admissionId, eventId } = await now(entry);
  await store.run((sql) => applyAdmissionEvent(sql, eventId, admissionId ?? newId(), news));
};
const statuses = async (entries: readonly Entry[]): Promise<string[]> =>
  (await Promise.all(entries.map(now))).map(({ status }) => status);
const placesTaken = async (eventId: string): Promise<number> =>
  (
    await store.pool.query<{ places_taken: number }>('select places_taken from queue where event_id = $1', [
      eventId,
    ])
  ).rows[0]?.places_taken ?? -1;

/** A way for somebody's turn to go on: what orders tells, what the person does, and time. */
const STEPS = {
  spent: (entry: Entry) => tell(entry, { kind: 'SPENT', orderId: newId() }),
  returned: (entry: Entry) => tell(entry, { kind: 'RETURNED' }),
  closed: (entry: Entry) => tell(entry, { kind: 'CLOSED' }),
  completed: (entry: Entry) => tell(entry, { kind: 'COMPLETED' }),
  failed: (entry: Entry) => tell(entry, { kind: 'FAILED' }),
  leave: (entry: Entry) =>
    store.run((sql) => leaveLine(sql, entry.eventId, entry.userId)).catch(() => undefined),
  pass: (entry: Entry) =>
    store.run(async (sql) => {
      await sql.query(`update entry set admission_expires_at = 'epoch' where id = $1`, [entry.id]);
      const queue = await lockQueue(sql, entry.eventId);
      if (!queue) return;
      await passTurns(sql, queue, 10);
      await queue.flush(sql);
    }),
};

const NAMES = Object.keys(STEPS) as (keyof typeof STEPS)[];
const FREES: readonly string[] = ['closed', 'completed', 'failed'];

test.each(NAMES)(
  'whatever follows after "%s", in any order and again: a place is freed once, and by orders alone',
  async (first) => {
    const eventId = await store.createQueue({ maximumInCheckout: 100 });
    const orders = NAMES.flatMap((second) => NAMES.map((third) => [first, second, third] as const));
    const entries = await join(eventId, orders.length);
    await run(eventId);
    for (const [index, steps] of orders.entries()) {
      let taken = await placesTaken(eventId);
      let held = true;
      for (const step of steps) {
        await STEPS[step](entries[index] as Entry);
        const frees: boolean = held && FREES.includes(step);
        held &&= !frees;
        const after = await placesTaken(eventId);
        expect([steps.join(), step, after]).toEqual([steps.join(), step, taken - Number(frees)]);
        taken = after;
      }
      const { status, placeHeld } = await now(entries[index] as Entry);
      expect(placeHeld).toBe(held);
      const ending = steps.find((step) => FREES.includes(step));
      if (ending === 'completed') expect(status).toBe('COMPLETED');
    }
    await store.log(eventId);
  },
);

test('never more than N; lowered while running, it waits for people to finish', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 3 });
  const entries = await join(eventId, 8);
  await run(eventId);
  await run(eventId);
  expect((await statuses(entries)).filter((status) => status === 'ADMITTED')).toHaveLength(3);
  await store.run((sql) => operateQueue(sql, eventId, { kind: 'CONFIGURE', maximumInCheckout: 1 }));
  const [first, second, third, fourth] = entries as [Entry, Entry, Entry, Entry];
  await tell(first, { kind: 'COMPLETED' });
  await tell(second, { kind: 'COMPLETED' });
  await run(eventId);
  expect(await statuses([third, fourth])).toEqual(['ADMITTED', 'QUEUED']);
  await tell(third, { kind: 'FAILED' });
  await run(eventId);
  expect(await statuses([third, fourth])).toEqual(['EXPIRED', 'ADMITTED']);
  await store.log(eventId);
});

test('the database refuses a program that admits more than N', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 2 });
  const tooMany = store.run((sql) =>
    sql.query('update queue set places_taken = 3 where event_id = $1', [eventId]),
  );
  await expect(tooMany).rejects.toMatchObject({ constraint: 'queue_never_more_than_n' });
  const forged = store.run((sql) =>
    sql.query(`update queue set seed = sha256('') where event_id = $1`, [eventId]),
  );
  await expect(forged).rejects.toMatchObject({ constraint: 'queue_drawn_once' });
  const rewritten = store.run((sql) => sql.query('delete from queue_log where event_id = $1', [eventId]));
  await expect(rewritten).rejects.toMatchObject({ constraint: 'queue_log_append_only' });
});

test('several processors at once admit no more, and in order', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 7, admissionsPerMinute: 1_000_000 });
  const entries = await join(eventId, 40);
  await Promise.all(Array.from({ length: 8 }, () => run(eventId)));
  expect(await statuses(entries)).toEqual(entries.map((_, index) => (index < 7 ? 'ADMITTED' : 'QUEUED')));
  await store.log(eventId);
});

test('a turn that runs out is over, but its place is taken until orders has closed the admission', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 1 });
  const [first, second] = (await join(eventId, 2)) as [Entry, Entry];
  await run(eventId);
  await store.pass('16 minutes');
  await store.pool.query('update entry set last_seen_at = foyer_now() where event_id = $1', [eventId]);
  await run(eventId);
  await run(eventId);
  expect(await statuses([first, second])).toEqual(['EXPIRED', 'QUEUED']);
  await tell(first, { kind: 'CLOSED' });
  await run(eventId);
  expect(await statuses([first, second])).toEqual(['EXPIRED', 'ADMITTED']);
  await store.log(eventId);
});

test('somebody who is paying cannot leave the line; after leaving one may join again, at its end', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 1 });
  const [first, second] = (await join(eventId, 2)) as [Entry, Entry];
  await run(eventId);
  await tell(first, { kind: 'SPENT', orderId: newId() });
  await expect(store.run((sql) => leaveLine(sql, eventId, first.userId))).rejects.toMatchObject({
    refusal: { code: 'NOT_IN_STATE', state: 'ADMITTED' },
  });
  await store.run((sql) => leaveLine(sql, eventId, second.userId));
  await expect(store.run((sql) => leaveLine(sql, eventId, second.userId))).rejects.toMatchObject({
    refusal: { code: 'NOT_FOUND' },
  });
  const request = [{ userId: second.userId, staysForReturns: false }];
  const [again] = (await store.run((sql) => joinGroup(sql, eventId, request, { opensBeforeMs: 0 }))) as [
    Entry,
  ];
  expect(again.id).not.toBe(second.id);
  expect(await findEntryOf(store.sql, eventId, second.userId)).toMatchObject({ id: again.id });
  await store.log(eventId);
});

test('one unit left: one is admitted at a time, whatever N is', async () => {
  const eventId = await store.createQueue({ maximumInCheckout: 50, free: 1 });
  const entries = await join(eventId, 3);
  const [first] = entries as [Entry];
  await run(eventId);
  await run(eventId);
  expect(await statuses(entries)).toEqual(['ADMITTED', 'QUEUED', 'QUEUED']);
  await tell(first, { kind: 'SPENT', orderId: newId() });
  await store.stock(eventId, 'HELD', [1, 1, 0]);
  await run(eventId);
  expect(await statuses(entries)).toEqual(['ADMITTED', 'QUEUED', 'QUEUED']);
  await tell(first, { kind: 'FAILED' });
  await store.stock(eventId, 'AVAILABLE', [1, 0, 0]);
  await run(eventId);
  expect(await statuses(entries)).toEqual(['EXPIRED', 'ADMITTED', 'QUEUED']);
  await store.log(eventId);
});
