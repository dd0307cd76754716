import { newId, Refused } from '@foyer/platform';
import { checkWaitroomLog } from '../domain/checkWaitroomLog.js';
import type { Entry } from '../domain/entry.js';
import { runQueue } from '../processor/runQueue.js';
import { createTestStore, type TestStore } from '../testing/createTestStore.js';
import type * as JoinGroup from './joinGroup.js';
import { joinGroup } from './joinGroup.js';
import { LockedQueue } from './lockedQueue.js';
import { readPersonalLog } from './readLog.js';
import { queueOf, type QueueRow } from './rows.js';
import type * as RunQueue from '../processor/runQueue.js';

let store: TestStore;

beforeEach(async () => {
  store = await createTestStore();
});

afterEach(() => store.drop());

const AT_ONCE = 8;
const OPEN = { opensBeforeMs: 0 };
const OPTIONS = { admissionMs: 900_000, absenceMs: 120_000 };
const parallel = <Result>(
  work: (index: number) => Promise<Result>,
): Promise<PromiseSettledResult<Result>[]> =>
  Promise.allSettled(Array.from({ length: AT_ONCE }, (_, index) => work(index)));

test('one person at once, many times: one place, the same for all', async () => {
  const eventId = await store.createQueue();
  const request = [{ userId: newId(), staysForReturns: false }];
  const results = await parallel(() => store.run((sql) => joinGroup(sql, eventId, request, OPEN)));
  const ids = results.map((result) =>
    result.status === 'fulfilled' ? (result.value[0] as Entry).id : String(result.reason),
  );
  expect(new Set(ids).size).toBe(1);
  expect((await store.log(eventId)).filter(({ kind }) => kind === 'JOINED')).toHaveLength(1);
});

test('one person several times in one group, beside others', async () => {
  const eventId = await store.createQueue();
  const [anna, ben] = [newId(), newId()];
  const requests = [anna, ben, anna, anna].map((userId) => ({ userId, staysForReturns: false }));
  const [first, second, third, fourth] = (await store.run((sql) =>
    joinGroup(sql, eventId, requests, OPEN),
  )) as Entry[];
  expect([third?.id, fourth?.id]).toEqual([first?.id, first?.id]);
  expect(second?.userId).toBe(ben);
  await store.log(eventId);
});

test('a group that dies before its commit leaves nothing, and its numbers are given out again', async () => {
  const eventId = await store.createQueue();
  const request = [{ userId: newId(), staysForReturns: false }];
  const dies = store.run(async (sql) => {
    await joinGroup(sql, eventId, request, OPEN);
    throw new Error('killed');
  });
  await expect(dies).rejects.toThrow('killed');
  await store.run((sql) => joinGroup(sql, eventId, request, OPEN));
  expect((await store.log(eventId)).filter(({ kind }) => kind === 'JOINED')).toHaveLength(1);
});

test('refusals of some do not touch the others', async () => {
  const eventId = await store.createQueue();
  await store.stock(eventId, 'SOLD_OUT', [5, 0, 5]);
  await store.run((sql) => runQueue(sql, eventId, OPTIONS));
  const requests = [false, true, false].map((staysForReturns) => ({ userId: newId(), staysForReturns }));
  const [first, second, third] = await store.run((sql) => joinGroup(sql, eventId, requests, OPEN));
  expect(first).toBeInstanceOf(Refused);
  expect(second).toMatchObject({ status: 'QUEUED', stayForReturns: true });
  expect(third).toBeInstanceOf(Refused);
  await store.log(eventId);
});

describe('control: with the lock replaced by a mere read', () => {
  /** Modules whose `lockQueue` locks nothing, and lets nobody go on before all have read. */
  async function withoutLock(): Promise<{
    joinGroup: typeof JoinGroup.joinGroup;
    runQueue: typeof RunQueue.runQueue;
  }> {
    let readers = 0;
    let goOn: () => void;
    const allHaveRead = new Promise<void>((resolve) => {
      goOn = resolve;
    });
    const lockQueue = async (sql: Parameters<typeof joinGroup>[0], eventId: string): Promise<LockedQueue> => {
      const [row] = await sql.query<QueueRow>('select * from queue where event_id = $1', [eventId]);
      readers += 1;
      if (readers === AT_ONCE) goOn();
      await allHaveRead;
      return new LockedQueue(queueOf(row as QueueRow), new Date());
    };
    let modules: Awaited<ReturnType<typeof withoutLock>> | undefined;
    jest.isolateModules(() => {
      jest.doMock('./lockQueue.js', () => ({ lockQueue }));
      modules = {
        ...jest.requireActual<typeof JoinGroup>('./joinGroup.js'),
        ...jest.requireActual<typeof RunQueue>('../processor/runQueue.js'),
      };
    });
    jest.dontMock('./lockQueue.js');
    // What the database itself refuses is taken away too, in this database only.
    await store.pool.query(
      'drop index entry_one_live_place; alter table queue_log drop constraint queue_log_pkey',
    );
    if (!modules) throw new Error('the modules were not loaded');
    return modules;
  }

  test('the tests above would see it: one person gets several places', async () => {
    const eventId = await store.createQueue();
    await store.run((sql) => runQueue(sql, eventId, OPTIONS));
    const unlocked = await withoutLock();
    const request = [{ userId: newId(), staysForReturns: false }];
    await parallel(() => store.run((sql) => unlocked.joinGroup(sql, eventId, request, OPEN)));
    const faults = checkWaitroomLog(await readPersonalLog(store.sql, eventId)).join('\n');
    expect(faults).toContain('has a live place already');
  });

  test('the tests above would see it: the same place is given twice', async () => {
    const eventId = await store.createQueue({ maximumInCheckout: 2 });
    const requests = Array.from({ length: 5 }, () => ({ userId: newId(), staysForReturns: false }));
    await store.run((sql) => joinGroup(sql, eventId, requests, OPEN));
    const unlocked = await withoutLock();
    await parallel(() => store.run((sql) => unlocked.runQueue(sql, eventId, OPTIONS)));
    const faults = checkWaitroomLog(await readPersonalLog(store.sql, eventId)).join('\n');
    expect(faults).toMatch(/in checkout, 2 allowed/);
  });
});
