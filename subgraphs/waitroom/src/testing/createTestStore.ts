import { createPool, newId, type SqlTransaction } from '@foyer/platform';
import { createTestDatabase } from '@foyer/prisma/testing';
import type { Pool } from 'pg';
import { checkWaitroomLog, type PersonalLogRow } from '../domain/checkWaitroomLog.js';
import { createStore, type Store } from '../store/createStore.js';
import { readPersonalLog } from '../store/readLog.js';
import { saveAvailability } from '../store/offers.js';
import { saveQueueSettings } from '../store/saveQueueSettings.js';
import { eventSnapshot, type TestEventOptions } from './snapshots.js';

/** A waiting room's database without a process. */
export interface TestStore extends Store {
  readonly pool: Pool;
  readonly url: string;
  run<Result>(work: (sql: SqlTransaction) => Promise<Result>): Promise<Result>;
  /** Makes a queue with something to sell. @returns the event's id. */
  createQueue(options?: TestEventOptions & { readonly free?: number }): Promise<string>;
  /** Sets what is left. */
  stock(
    eventId: string,
    state: string,
    counts: readonly [total: number, reserved: number, sold: number],
  ): Promise<void>;
  /** What `stock` is about. */
  offerOf(eventId: string): string;
  /** The log of an event, after a check that nothing is wrong with it and that the counters agree with the entries. */
  log(eventId: string): Promise<readonly PersonalLogRow[]>;
  /** Moves the time by which everything is judged. */
  pass(interval: string): Promise<void>;
  drop(): Promise<void>;
}

/** All sessions take their time from a table, so that a test can move it for everybody at once. */
export const MOVABLE_CLOCK = `
  create table test_clock (shift interval not null);
  insert into test_clock values ('0');
  create or replace function public.foyer_now() returns timestamptz language sql volatile as
    $$ select clock_timestamp() + (select shift from public.test_clock) $$`;

/** How the counters of a queue differ from its entries; none when they agree. */
export const COUNTER_FAULTS = `
  select q.event_id from queue q
  cross join lateral (
    select count(*) filter (where status = 'QUEUED') as waiting, count(*) filter (where place_held) as places_taken,
      count(*) filter (where place_held and order_id is null) as unspent
    from entry e where e.event_id = q.event_id
  ) e
  where (q.waiting, q.places_taken, q.unspent) is distinct from (e.waiting, e.places_taken, e.unspent)
    or q.last_seq <> (select count(*) from queue_log l where l.event_id = q.event_id)`;

/** Makes a database with a clock that can be moved. */
export async function createTestStore(): Promise<TestStore> {
  const database = await createTestDatabase('waitroom');
  const pool = createPool(database.url, { max: 8, applicationName: 'test' });
  await pool.query(MOVABLE_CLOCK);
  const store = createStore(pool, () => undefined);
  const offers = new Map<string, string>();
  const stock: TestStore['stock'] = async (eventId, state, [total, reserved, sold]) => {
    const offerId = offers.get(eventId) ?? newId();
    offers.set(eventId, offerId);
    const data = { offerId, listingId: eventId, state: state as 'HELD', total, reserved, sold };
    await store.transaction((sql) => saveAvailability(sql, data));
  };
  return {
    ...store,
    pool,
    url: database.url,
    run: store.transaction,
    async createQueue({ free = 1000, ...event } = {}) {
      const snapshot = eventSnapshot(newId(), event);
      await store.transaction((sql) => saveQueueSettings(sql, snapshot));
      await stock(snapshot.eventId, 'AVAILABLE', [free, 0, 0]);
      return snapshot.eventId;
    },
    stock,
    offerOf: (eventId) => offers.get(eventId) ?? '',
    async log(eventId) {
      const rows = await readPersonalLog(store.sql, eventId);
      expect(checkWaitroomLog(rows)).toEqual([]);
      expect((await pool.query(COUNTER_FAULTS)).rows).toEqual([]);
      return rows;
    },
    async pass(interval) {
      await pool.query('update test_clock set shift = shift + $1::interval', [interval]);
    },
    async drop() {
      await pool.end();
      await database.drop();
    },
  };
}
