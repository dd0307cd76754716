import { createOutbox } from '@foyer/kafka';
import { createMetrics, ManualClock, newId, type Component, type Lease, type Log } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import type { Entry } from '../domain/entry.js';
import { findEntry } from '../store/findEntries.js';
import { joinGroup } from '../store/joinGroup.js';
import { createTestStore, type TestStore } from '../testing/createTestStore.js';
import { createProcessor } from './createProcessor.js';

/** Rows that can't be changed, whoever tries, as long as their id stands in `poison`. */
const POISON = `
  create table poison (id uuid primary key);
  create function refuse_poison() returns trigger language plpgsql as $$
  begin
    if exists (select from poison p where p.id = (to_jsonb(old) ->> tg_argv[0])::uuid) then
      raise exception 'poison';
    end if;
    if tg_op = 'DELETE' then return old; end if;
    return new;
  end $$;
  create trigger poison before update on queue for each row execute function refuse_poison('event_id');
  create trigger poison before update on publication for each row execute function refuse_poison('event_id');
  create trigger poison before delete on process for each row execute function refuse_poison('id')`;

interface Failure {
  readonly job: string;
  readonly item: string;
  readonly restMs: number;
}

let store: TestStore;
let clock: ManualClock;
let processor: Component;
let failures: Failure[];
let wake: () => void;

beforeEach(async () => {
  store = await createTestStore();
  await store.pool.query(POISON);
  clock = new ManualClock();
  failures = [];
  const log = { error: (fields: Failure) => failures.push(fields) } as unknown as Log;
  const lease: Lease = {
    held: true,
    connection: null,
    start: () => Promise.resolve(),
    passOn: () => undefined,
    stop: () => Promise.resolve(),
  };
  processor = createProcessor({
    store,
    createLease: () => lease,
    outbox: createOutbox('waitroom'),
    wakeUp: {
      name: 'wake-up',
      start: () => Promise.resolve(),
      stop: () => Promise.resolve(),
      changed: () => undefined,
      onWake: (listener) => {
        wake = listener;
        return () => undefined;
      },
    },
    admissionMs: 900_000,
    absenceMs: 120_000,
    clock,
    log,
    metrics: createMetrics(),
  });
});

afterEach(async () => {
  await processor.stop();
  await store.drop();
});

const joined = async (eventId: string): Promise<Entry> => {
  const request = { userId: newId(), staysForReturns: false };
  const [entry] = await store.run((sql) => joinGroup(sql, eventId, [request], { opensBeforeMs: 86_400_000 }));
  return entry as Entry;
};
const statusOf = async ({ id }: Entry): Promise<string | undefined> =>
  (await findEntry(store.sql, id))?.status;
const isUntold = async (eventId: string): Promise<boolean> => {
  const { rowCount } = await store.pool.query(
    `select from publication p join queue q using (event_id) where q.event_id = $1 and q.last_seq > p.published_seq`,
    [eventId],
  );
  return rowCount === 1;
};
const restsOf = (job: string): readonly number[] =>
  failures.filter((failure) => failure.job.startsWith(job)).map(({ restMs }) => restMs);

test('a queue that fails keeps no other waiting, and is tried again after longer and longer rests', async () => {
  const queues = [];
  for (let each = 0; each < 3; each += 1) {
    const eventId = await store.createQueue();
    queues.push({ eventId, entry: await joined(eventId) });
  }
  const [sick, ...well] = queues as [(typeof queues)[0]];
  await store.pool.query('insert into poison values ($1)', [sick.eventId]);
  await processor.start();
  for (const { eventId, entry } of well) {
    await waitUntil(async () => (await statusOf(entry)) === 'ADMITTED', 'the others being admitted');
    await waitUntil(async () => !(await isUntold(eventId)), 'the others being told of');
  }
  await waitUntil(() => failures.length === 2, 'both jobs having met it');
  expect(new Set(failures.map(({ item }) => item))).toEqual(new Set([sick.eventId]));
  expect([await statusOf(sick.entry), await isUntold(sick.eventId)]).toEqual(['QUEUED', true]);

  clock.advance(1000);
  wake();
  await waitUntil(() => failures.length === 4, 'another try of both');
  expect([restsOf('admit'), restsOf('tell')]).toEqual([
    [1000, 2000],
    [1000, 2000],
  ]);
  await store.pool.query('delete from poison');
  clock.advance(2000);
  wake();
  await waitUntil(async () => (await statusOf(sick.entry)) === 'ADMITTED', 'its being admitted');
  await waitUntil(async () => !(await isUntold(sick.eventId)), 'its being told of');
  expect(failures).toHaveLength(4);
});

test('a dead process that can not be buried keeps no other', async () => {
  const [sick, well] = [newId(), newId()];
  await store.pool.query('insert into poison values ($1)', [sick]);
  await store.pool.query(`insert into process (id, beat_at) select unnest($1::uuid[]), 'epoch'`, [
    [sick, well],
  ]);
  const left = async (): Promise<readonly string[]> =>
    (await store.pool.query<{ id: string }>('select id from process')).rows.map(({ id }) => id);
  await processor.start();
  await waitUntil(async () => (await left()).length === 1, 'one being buried');
  expect(await left()).toEqual([sick]);
  await waitUntil(() => failures.length === 1, 'the other having failed');
  await store.pool.query('delete from poison');
  clock.advance(1000);
  await waitUntil(async () => (await left()).length === 0, 'the other being buried');
});
