import { newId } from '@foyer/platform';
import type { GroupAnswer, HoldRequest } from '../domain/requests.js';
import {
  confirmOf,
  createTestStores,
  holdOf,
  releaseOf,
  type TestStores,
} from '../testing/createTestStore.js';
import { reconcile } from './reconcile.js';

describe('the store of holds, by two processes on one database', () => {
  let system: TestStores;

  beforeAll(async () => {
    system = await createTestStores();
  });
  afterEach(async () => {
    expect(await reconcile(system.pool)).toEqual([]);
  });
  afterAll(async () => system.stop());

  /** Sends requests at once, to the processes in turn. */
  const holdAll = (requests: readonly HoldRequest[]) =>
    Promise.all(requests.map((request, index) => system.stores[index % 2 === 0 ? 0 : 1].hold(request)));
  const codesOf = (answers: readonly GroupAnswer[]): Record<string, number> => {
    const counts: Record<string, number> = {};
    for (const answer of answers) {
      const name = answer?.__typename === 'HoldRefused' ? answer.code : (answer?.__typename ?? 'null');
      counts[name] = (counts[name] ?? 0) + 1;
    }
    return counts;
  };

  test('500 people at once for 50: exactly 50 hold one', async () => {
    const offer = await system.offer(await system.listing(), { total: 50 });
    const answers = await holdAll(Array.from({ length: 500 }, () => holdOf(offer)));
    expect(codesOf(answers)).toEqual({ OffersHeld: 50, HELD: 450 });
    expect(await system.counters(offer)).toEqual({ reserved: 50, sold: 0 });
  });

  test('a limit of 2 is kept under 40 parallel calls of one person', async () => {
    const offer = await system.offer(await system.listing(), { limit: 2 });
    const personId = newId();
    const answers = await holdAll(Array.from({ length: 40 }, () => holdOf(offer, { personId })));
    expect(codesOf(answers)).toEqual({ OffersHeld: 2, LIMIT_EXCEEDED: 38 });
    expect(await system.counters(offer)).toEqual({ reserved: 2, sold: 0 });
  });

  test('bought units count towards the limit, returned ones do not', async () => {
    const offer = await system.offer(await system.listing(), { limit: 2 });
    const [store] = system.stores;
    const personId = newId();
    const first = holdOf(offer, { personId, quantity: 2 });
    await store.hold(first);
    await store.confirm(confirmOf(first.orderId));
    expect(await store.hold(holdOf(offer, { personId }))).toMatchObject({
      code: 'LIMIT_EXCEEDED',
      available: 0,
    });
    const lines = [{ offerId: offer, quantity: 1 }];
    const request = {
      kind: 'return',
      returnId: newId(),
      orderId: first.orderId,
      lines,
      correlationId: null,
    } as const;
    await store.returnUnits(request);
    expect(await store.hold(holdOf(offer, { personId }))).toMatchObject({ __typename: 'OffersHeld' });
  });

  test('the same order five times at once is one hold, with one answer and one event', async () => {
    const offer = await system.offer(await system.listing());
    const request = holdOf(offer, { quantity: 3 });
    const answers = await holdAll(Array.from({ length: 5 }, () => request));
    expect(answers[0]).toMatchObject({ __typename: 'OffersHeld' });
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(await system.counters(offer)).toEqual({ reserved: 3, sold: 0 });
    expect(await system.told(request.orderId)).toEqual(['inventory.held']);
  });

  test('an order again gives its first answer, expiry and prices; with other lines it is refused', async () => {
    const [store] = system.stores;
    const offer = await system.offer(await system.listing(), { price: 700 });
    const request = holdOf(offer);
    const first = await store.hold(request);
    await system.pool.query('update offer set price = 900 where id = $1', [offer]);
    expect(await store.hold(request)).toEqual(first);
    await store.confirm(confirmOf(request.orderId));
    expect(await store.hold(request)).toEqual(first);
    expect(await store.hold({ ...request, lines: [{ offerId: offer, quantity: 2 }] })).toMatchObject({
      code: 'INVALID_INPUT',
    });
    expect(await store.hold({ ...request, personId: newId() })).toMatchObject({ code: 'INVALID_INPUT' });
  });

  test('orders of several lines get all or nothing, whoever they compete with', async () => {
    const listing = await system.listing();
    const offers = [await system.offer(listing, { total: 20 }), await system.offer(listing, { total: 30 })];
    const requests = Array.from({ length: 80 }, (_, index) =>
      holdOf(
        index % 3 === 0 ? (offers[index % 2] as string) : index % 2 === 0 ? offers : [...offers].reverse(),
      ),
    );
    const answers = await holdAll(requests);
    const held = requests.filter((_, index) => answers[index]?.__typename === 'OffersHeld');
    for (const [index, offer] of offers.entries()) {
      const lines = held.flatMap((request) => request.lines).filter(({ offerId }) => offerId === offer);
      expect((await system.counters(offer)).reserved).toBe(lines.length);
      expect(lines.length).toBeLessThanOrEqual(index === 0 ? 20 : 30);
    }
    const { rows } = await system.pool.query<{ order_id: string; lines: bigint }>(
      'select order_id, count(*) as lines from hold_line where order_id = any($1::uuid[]) group by 1',
      [requests.map(({ orderId }) => orderId)],
    );
    expect(new Map(rows.map((row) => [row.order_id, Number(row.lines)]))).toEqual(
      new Map(held.map(({ orderId, lines }) => [orderId, lines.length])),
    );
  });

  test('the maximum of attendees bounds all classes together', async () => {
    const listing = await system.listing({ maximumAttendees: 25 });
    const offers = await Promise.all([1, 2, 3].map(() => system.offer(listing, { total: 20 })));
    const answers = await holdAll(
      Array.from({ length: 90 }, (_, index) => holdOf(offers[index % 3] as string)),
    );
    expect(codesOf(answers)['OffersHeld']).toBe(25);
    const { rows } = await system.pool.query('select taken from listing where id = $1', [listing]);
    expect(rows).toEqual([{ taken: 25 }]);
  });

  test('random orders over many events end without a deadlock', async () => {
    const busy = [system.open({ lanes: 1, maxGroup: 7 }), system.open({ lanes: 1, maxGroup: 5 })] as const;
    const listings = await Promise.all(Array.from({ length: 5 }, () => system.listing()));
    const offers = await Promise.all(
      listings.map((listing) =>
        Promise.all(Array.from({ length: 4 }, () => system.offer(listing, { total: 10_000 }))),
      ),
    );
    const random = randomNumbers(7);
    const requests = Array.from({ length: 300 }, () => {
      const ofListing = offers[Math.floor(random() * 5)] as string[];
      const chosen = ofListing.filter(() => random() < 0.6);
      return holdOf(chosen.length > 0 ? chosen.sort(() => random() - 0.5) : (ofListing[0] as string));
    });
    const answers = await Promise.all(
      requests.map((request, index) => busy[index % 2 === 0 ? 0 : 1].hold(request)),
    );
    await Promise.all(
      requests.map(({ orderId }, index) =>
        index % 3 === 0 ? busy[0].confirm(confirmOf(orderId)) : busy[1].release(releaseOf(orderId)),
      ),
    );
    expect(codesOf(answers)).toEqual({ OffersHeld: 300 });
    const { rows } = await system.pool.query(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(rows).toEqual([{ deadlocks: 0n }]);
  });

  test('offers of two events in one order are refused, unknown ones too', async () => {
    const offers = [await system.offer(await system.listing()), await system.offer(await system.listing())];
    expect(await system.stores[0].hold(holdOf(offers))).toMatchObject({ code: 'MIXED_LISTINGS' });
    const unknown = newId();
    expect(await system.stores[0].hold(holdOf(unknown))).toMatchObject({
      code: 'NOT_FOUND',
      offerId: unknown,
    });
    expect(await system.stores[0].confirm(confirmOf(newId()))).toMatchObject({ code: 'NOT_FOUND' });
  });

  test('what fails in a group fails alone', async () => {
    const offer = await system.offer(await system.listing());
    const [store] = system.stores;
    const sold = holdOf(offer);
    await store.hold(sold);
    const wrong = [{ offerId: offer, quantity: 99 }];
    const [good, bad] = await Promise.allSettled([
      store.confirm(confirmOf(sold.orderId)),
      store.returnUnits({
        kind: 'return',
        returnId: newId(),
        orderId: sold.orderId,
        lines: wrong,
        correlationId: null,
      }),
    ]);
    expect(good).toMatchObject({ status: 'fulfilled', value: { __typename: 'HoldConfirmed' } });
    expect(bad).toMatchObject({ status: 'rejected', reason: { name: 'InvalidReturn' } });
  });
});

/** Numbers from 0 to 1 that are the same in every run (mulberry32, by Tommy Ettinger). */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}
