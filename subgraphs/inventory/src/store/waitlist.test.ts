import { newId } from '@foyer/platform';
import { waitUntil } from '@foyer/platform/testing';
import type { JoinRequest } from '../domain/requests.js';
import { areaOfTables, type TestRestaurant } from '../testing/createTestRestaurant.js';
import { confirmOf, createTestStores, releaseOf, type TestStores } from '../testing/createTestStore.js';
import { reconcile } from './reconcile.js';
import { sweep } from './sweep.js';

interface EntryRow {
  readonly state: string;
  readonly hold_order_id: string | null;
}

describe('the line for a table, by two processes on one database', () => {
  let system: TestStores;

  beforeAll(async () => {
    system = await createTestStores();
  });
  afterEach(async () => {
    expect(await reconcile(system.pool)).toEqual([]);
  });
  afterAll(async () => system.stop());

  const store = (index: number) => system.stores[index % 2 === 0 ? 0 : 1];
  const entryOf = async (id: string): Promise<EntryRow> => {
    const { rows } = await system.pool.query<EntryRow>(
      'select state, hold_order_id from waitlist_entry where id = $1',
      [id],
    );
    return rows[0] ?? { state: 'NONE', hold_order_id: null };
  };
  const statesOf = async (requests: readonly JoinRequest[]): Promise<readonly string[]> => {
    const entries = await Promise.all(requests.map(({ entryId }) => entryOf(entryId)));
    return entries.map(({ state }) => state);
  };
  /** Tables for two, all of them taken at slot 4. @returns the orders that took them. */
  const fill = async (place: TestRestaurant): Promise<readonly string[]> => {
    const orders: string[] = [];
    for (;;) {
      const request = place.hold(4, 2);
      const answer = await store(orders.length).hold(request);
      if (answer.__typename === 'HoldRefused') return orders;
      await store(0).confirm(confirmOf(request.orderId));
      orders.push(request.orderId);
    }
  };
  const take = (request: JoinRequest, orderId = newId()) =>
    store(1).take({
      kind: 'take',
      entryId: request.entryId,
      orderId,
      personId: request.personId,
      correlationId: null,
    });
  const leave = ({ entryId, personId }: JoinRequest) =>
    store(1).leave({ kind: 'leave', entryId, personId, correlationId: null });

  test('nobody waits for what can be had', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    expect(await store(0).join(place.join(4, 6, 2))).toMatchObject({ code: 'TABLE_FREE' });
    await fill(place);
    // Slot 7 is free.
    expect(await store(0).join(place.join(4, 7, 2))).toMatchObject({ code: 'TABLE_FREE' });
    expect(await store(0).join(place.join(4, 4, 20))).toMatchObject({ code: 'PARTY_SIZE' });
    expect(await store(0).join(place.join(4, 4, 2, { areaIds: [newId()] }))).toMatchObject({
      code: 'NOT_FOUND',
    });
  });

  test('the same wish twice at once is one place; another of the same time is refused', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    await fill(place);
    const personId = newId();
    const answers = await Promise.all(
      [0, 1, 2, 3].map((index) => store(index).join(place.join(4, 5, 2, { personId }))),
    );
    expect(new Set(answers.map((answer) => 'entryId' in answer && answer.entryId)).size).toBe(1);
    expect(await store(0).join(place.join(5, 5, 2, { personId }))).toMatchObject({ code: 'ALREADY_WAITING' });
  });

  test('a release holds the table for the first who fits, in the same transaction', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2, 4])] });
    const [small = '', big = ''] = await fill(place);
    const four = place.join(4, 4, 4);
    const two = place.join(4, 4, 2);
    const late = place.join(4, 4, 1);
    for (const request of [four, two, late]) {
      expect(await store(0).join(request)).toMatchObject({ __typename: 'WaitlistJoined' });
    }
    await store(0).release(releaseOf(small));
    // Four people don't fit the table of two: passed over for their size alone.
    expect(await statesOf([four, two, late])).toEqual(['WAITING', 'OFFERED', 'WAITING']);
    expect(await store(1).hold(place.hold(4, 2))).toMatchObject({ code: 'HELD' });
    await store(1).release(releaseOf(big));
    expect(await statesOf([four, two, late])).toEqual(['OFFERED', 'OFFERED', 'WAITING']);
    expect(await system.told(four.entryId)).toEqual(['waitlist.offered']);
  });

  test('who asks in the same group as the release comes after the line', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    const [order = ''] = await fill(place);
    const waiting = place.join(4, 4, 2);
    await store(0).join(waiting);
    const one = system.open({ lanes: 1 });
    const [, answer] = await Promise.all([
      one.release(releaseOf(order)),
      ...Array.from({ length: 5 }, () => one.hold(place.hold(4, 2))),
    ]);
    expect(answer).toMatchObject({ __typename: 'HoldRefused' });
    expect(await statesOf([waiting])).toEqual(['OFFERED']);
  });

  test('an offer is taken once, for an order with the full time to pay', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    const [order = ''] = await fill(place);
    const waiting = place.join(4, 4, 2);
    await store(0).join(waiting);
    expect(await take(waiting)).toMatchObject({ code: 'HELD' });
    await store(0).release(releaseOf(order));
    const orderId = newId();
    const answers = await Promise.all([take(waiting, orderId), take(waiting, orderId), take(waiting)]);
    expect(answers[0]).toMatchObject({ __typename: 'OffersHeld', orderId, lines: [{ quantity: 2 }] });
    expect(answers[1]).toEqual(answers[0]);
    expect(answers[2]).toMatchObject({ code: 'LAPSED' });
    expect(await take({ ...waiting, personId: newId() })).toMatchObject({ code: 'NOT_FOUND' });
    expect(await store(0).confirm(confirmOf(orderId))).toMatchObject({ __typename: 'HoldConfirmed' });
    expect(await statesOf([waiting])).toEqual(['TAKEN']);
  });

  test('an offer that lapses, is declined or is released goes to the next', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    const [order = ''] = await fill(place);
    const line = Array.from({ length: 4 }, () => place.join(4, 4, 2));
    for (const request of line) await store(0).join(request);
    await store(0).release(releaseOf(order));
    const [first, second, third] = line as [JoinRequest, JoinRequest, JoinRequest];

    await system.expire((await entryOf(first.entryId)).hold_order_id ?? '');
    await sweep(system.pool, store(1));
    expect(await statesOf(line)).toEqual(['LAPSED', 'OFFERED', 'WAITING', 'WAITING']);
    expect(await take(first)).toMatchObject({ code: 'LAPSED' });

    await Promise.all([leave(second), leave(second)]);
    expect(await statesOf(line)).toEqual(['LAPSED', 'LEFT', 'OFFERED', 'WAITING']);

    await store(0).release(releaseOf((await entryOf(third.entryId)).hold_order_id ?? ''));
    expect(await statesOf(line)).toEqual(['LAPSED', 'LEFT', 'LEFT', 'OFFERED']);
    expect(await system.told(first.entryId)).toEqual(['waitlist.offered', 'waitlist.lapsed']);
    expect(await system.told(second.entryId)).toEqual(['waitlist.offered', 'waitlist.left']);
  });

  test('a lapsed offer goes to the next, not to who asks for the table just then', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    const [order = ''] = await fill(place);
    const line = [place.join(4, 4, 2), place.join(4, 4, 2)];
    for (const request of line) await store(0).join(request);
    await store(0).release(releaseOf(order));
    await system.expire((await entryOf(line[0]?.entryId ?? '')).hold_order_id ?? '');
    expect(await store(1).hold(place.hold(4, 2))).toMatchObject({ code: 'HELD' });
    expect(await statesOf(line)).toEqual(['LAPSED', 'OFFERED']);
  });

  test('a change frees what it had for the line', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    const [order = ''] = await fill(place);
    const waiting = place.join(4, 4, 2);
    await store(0).join(waiting);
    const change = { kind: 'change', changeId: newId(), orderId: order, correlationId: null } as const;
    await store(0).change({ ...change, lines: [place.line(9, 2)] });
    expect(await statesOf([waiting])).toEqual(['OFFERED']);
  });

  test('ten wait while tables come free under load: in order, and nobody takes one past them', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2, 2, 2, 2, 2, 2, 2, 2, 2, 2])] });
    const orders = await fill(place);
    expect(orders).toHaveLength(10);
    const line = Array.from({ length: 10 }, () => place.join(4, 4, 2));
    for (const request of line) await store(0).join(request);
    let over = false;
    const strangers: string[] = [];
    const load = Array.from({ length: 20 }, async (_, index) => {
      while (!over) {
        const request = place.hold(4, 1 + (index % 2));
        const answer = await store(index).hold(request);
        if (answer.__typename === 'OffersHeld') strangers.push(request.orderId);
      }
    });
    await Promise.all(orders.map((order, index) => store(index).release(releaseOf(order))));
    await waitUntil(async () => (await statesOf(line)).every((state) => state === 'OFFERED'));
    over = true;
    await Promise.all(load);
    expect(strangers).toEqual([]);
    const { rows } = await system.pool.query<{ in_order: boolean }>(
      `select bool_and(o.id is not null) as in_order from (
         select aggregate_id::uuid as id, row_number() over (order by id) as nr from messaging.outbox
         where type = 'waitlist.offered' and aggregate_id = any($1::text[])
       ) o full join (
         select id, row_number() over (order by place) as nr from waitlist_entry where id = any($1::uuid[])
       ) e using (id, nr)`,
      [line.map(({ entryId }) => entryId)],
    );
    expect(rows).toEqual([{ in_order: true }]);
  });

  test('who waits for what is past waits no more', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    await fill(place);
    const waiting = place.join(4, 4, 2);
    await store(0).join(waiting);
    await system.pool.query(
      `update waitlist_entry set span = tstzrange(now() - interval '2 hours', now() - interval '1 hour', '[]')
       where id = $1`,
      [waiting.entryId],
    );
    await sweep(system.pool, store(0));
    expect(await statesOf([waiting])).toEqual(['ENDED']);
    expect(await system.told(waiting.entryId)).toEqual(['waitlist.left']);
  });
});
