import { createMetrics, ManualClock, newId, type Log } from '@foyer/platform';
import type { Entry } from '../domain/entry.js';
import type { LogRow } from '../domain/logRow.js';
import { joinGroup } from '../store/joinGroup.js';
import { createTestStore, type TestStore } from '../testing/createTestStore.js';
import { createLineFollower, type LineFollower } from './createLineFollower.js';

let store: TestStore;
let clock: ManualClock;
let follower: LineFollower;
let rests: number[];

beforeEach(async () => {
  store = await createTestStore();
  clock = new ManualClock();
  rests = [];
  const log = { error: ({ restMs }: { restMs: number }) => rests.push(restMs) } as unknown as Log;
  const wakeUp = {
    name: 'never',
    start: () => Promise.resolve(),
    stop: () => Promise.resolve(),
    changed: () => undefined,
    onWake: () => () => undefined,
  };
  // It is not started: it reads when it is asked, and at no other time.
  follower = createLineFollower({ store, wakeUp, clock, log, metrics: createMetrics() });
});

afterEach(() => store.drop());

const join = async (eventId: string): Promise<number> => {
  const request = { userId: newId(), staysForReturns: false };
  const [entry] = await store.run((sql) => joinGroup(sql, eventId, [request], { opensBeforeMs: 86_400_000 }));
  return (entry as Entry).seq;
};
/** Gives a row of a log another number, which nothing else can. */
const renumber = (eventId: string, from: number, to: number): Promise<unknown> =>
  store.pool.query(
    `begin; alter table queue_log disable trigger queue_log_append_only;
     update queue_log set seq = ${to} where event_id = '${eventId}' and seq = ${from};
     alter table queue_log enable trigger queue_log_append_only; commit`,
  );

test('a log that can not be followed fails those who ask for it, and no others; it goes on where it stood', async () => {
  const [sick, well] = [await store.createQueue(), await store.createQueue()];
  const heard = new Map<string, LogRow[]>([
    [sick, []],
    [well, []],
  ]);
  for (const [eventId, rows] of heard) follower.watch(eventId, (_, news) => rows.push(...news));
  const before = (await follower.fresh(sick)).seq;
  await follower.fresh(well);
  const [lost, seq] = [await join(sick), await join(well)];
  // A gap: what should never be.
  await renumber(sick, lost, lost + 5000);
  expect((await follower.at(well, seq)).seq).toBe(seq);
  await expect(follower.fresh(sick)).rejects.toThrow(/does not follow/);
  await expect(follower.at(sick, lost)).rejects.toThrow(/does not follow/);
  expect(rests).toEqual([1000]);
  const next = await join(well);
  clock.advance(1000);
  expect((await follower.fresh(well)).seq).toBe(next);
  expect(heard.get(well)?.at(-1)?.seq).toBe(next);
  expect(rests).toEqual([1000, 2000]);

  await renumber(sick, lost + 5000, lost);
  clock.advance(2000);
  const line = await follower.fresh(sick);
  expect([line.seq, line.standing(lost)?.status]).toEqual([lost, 'QUEUED']);
  expect(heard.get(sick)?.map((row) => row.seq)).toEqual(
    Array.from({ length: lost - before }, (_, index) => before + 1 + index),
  );
  expect(rests).toHaveLength(2);
});
