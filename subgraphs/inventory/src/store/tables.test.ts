import { newId } from '@foyer/platform';
import type { ChangeRequest, GroupAnswer, LineRequest } from '../domain/requests.js';
import { areaOfSeats, areaOfTables } from '../testing/createTestRestaurant.js';
import {
  confirmOf,
  createTestStores,
  releaseOf,
  holdOf,
  type TestStores,
} from '../testing/createTestStore.js';
import { reconcile } from './reconcile.js';

const changeOf = (orderId: string, line: LineRequest, values: Partial<ChangeRequest> = {}): ChangeRequest => {
  return { kind: 'change', changeId: newId(), orderId, lines: [line], correlationId: null, ...values };
};
const nameOf = (answer: GroupAnswer): string =>
  answer === null ? 'null' : 'code' in answer ? answer.code : answer.__typename;
const countNames = (answers: readonly GroupAnswer[]): Record<string, number> => {
  const counts: Record<string, number> = {};
  for (const name of answers.map(nameOf)) counts[name] = (counts[name] ?? 0) + 1;
  return counts;
};

describe('tables, by two processes on one database', () => {
  let system: TestStores;

  beforeAll(async () => {
    system = await createTestStores();
  });
  afterEach(async () => {
    expect(await reconcile(system.pool)).toEqual([]);
  });
  afterAll(async () => system.stop());

  /** The process that a request goes to. */
  const store = (index: number) => system.stores[index % 2 === 0 ? 0 : 1];

  test('five at once for the last table of two: exactly one gets it', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    const requests = Array.from({ length: 5 }, () => place.hold(3, 2));
    const answers = await Promise.all(requests.map((request, index) => store(index).hold(request)));
    expect(countNames(answers)).toEqual({ OffersHeld: 1, HELD: 4 });
    const winner = requests[answers.findIndex((answer) => nameOf(answer) === 'OffersHeld')];
    expect(await store(0).confirm(confirmOf(winner?.orderId ?? ''))).toMatchObject({
      __typename: 'HoldConfirmed',
    });
    expect(await store(1).hold(place.hold(3, 2))).toMatchObject({ code: 'SOLD_OUT', state: 'SOLD_OUT' });
  });

  test('a seating takes its table for its whole length', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    // Slots of 30 minutes, stays of 90: 4 takes 4, 5 and 6; 2 and 7 touch them.
    const answers: GroupAnswer[] = [];
    for (const slot of [4, 2, 3, 5, 6, 1, 7]) answers.push(await store(slot).hold(place.hold(slot, 2)));
    expect(answers.map(nameOf)).toEqual([
      'OffersHeld',
      'HELD',
      'HELD',
      'HELD',
      'HELD',
      'OffersHeld',
      'OffersHeld',
    ]);
  });

  test('seats alone are taken up to the last, at every moment', async () => {
    const place = await system.restaurant({ areas: [areaOfSeats(10)] });
    const requests = Array.from({ length: 40 }, (_, index) => place.hold(index % 3, 1 + (index % 3)));
    const answers = await Promise.all(requests.map((request, index) => store(index).hold(request)));
    const seated = requests.filter((_, index) => nameOf(answers[index] ?? null) === 'OffersHeld');
    const taken = seated.reduce((sum, { lines }) => sum + (lines[0]?.quantity ?? 0), 0);
    // All three overlap: whoever could be the last one, no more than a party's rest stays free.
    expect(taken).toBeLessThanOrEqual(10);
    expect(taken).toBeGreaterThanOrEqual(8);
  });

  test('the first area with a place is chosen, in order of preference', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2]), areaOfSeats(2)] });
    const [room = '', bar = ''] = place.areas;
    const ask = (areas: readonly string[]) =>
      store(0).hold(place.hold(0, 2, { lines: [place.line(0, 2, areas)] }));
    expect(await ask([bar, room])).toMatchObject({ lines: [{ offerId: bar, seating: { tables: [] } }] });
    expect(await ask([bar, room])).toMatchObject({
      lines: [{ offerId: room, seating: { day: place.day, tables: [{ name: '1' }] } }],
    });
    expect(await ask([bar, room])).toMatchObject({ code: 'HELD' });
  });

  test('an order again has the same answer; with another time it is refused', async () => {
    const place = await system.restaurant();
    const request = place.hold(0, 2);
    const answers = await Promise.all([0, 1, 0, 1].map((index) => store(index).hold(request)));
    for (const answer of answers) expect(answer).toEqual(answers[0]);
    expect(answers[0]).toMatchObject({
      __typename: 'OffersHeld',
      lines: [{ quantity: 2, unitPrice: { amount: 500, currency: 'EUR' } }],
    });
    expect(await store(1).hold({ ...request, lines: [place.line(5, 2)] })).toMatchObject({
      code: 'INVALID_INPUT',
    });
  });

  test.each([
    ['PARTY_SIZE', (place) => place.line(0, 13)],
    ['OUTSIDE_HOURS', (place) => at(place, 600_000)],
    ['NOT_ON_SALE', (place) => at(place, 40 * 86_400_000)],
    ['SALE_ENDED', (place) => at(place, -10 * 86_400_000)],
    ['INVALID_INPUT', (place) => ({ offerId: place.areas[0] ?? '', quantity: 2 })],
    ['NOT_FOUND', (place) => place.line(0, 2, [newId()])],
  ] satisfies [string, (place: Awaited<ReturnType<TestStores['restaurant']>>) => LineRequest][])(
    'refuses with %s, and stores nothing',
    async (code, line) => {
      const place = await system.restaurant();
      const request = place.hold(0, 2, { lines: [line(place)] });
      expect(await store(0).hold(request)).toMatchObject({ __typename: 'HoldRefused', code });
      const { rowCount } = await system.pool.query('select from hold where order_id = $1', [request.orderId]);
      expect(rowCount).toBe(0);
    },
  );

  function at(place: Awaited<ReturnType<TestStores['restaurant']>>, milliseconds: number): LineRequest {
    const line = place.line(0, 2);
    const startsAt = new Date((place.starts[0]?.getTime() ?? 0) + milliseconds);
    return { ...line, seating: { startsAt, anyOf: [] } };
  }

  test('one person sits at one table at a time, and has so many a day, under parallel calls', async () => {
    const place = await system.restaurant({ areas: [areaOfSeats(100)], limitPerPersonAndDay: 2 });
    const personId = newId();
    const same = await Promise.all(
      Array.from({ length: 10 }, (_, index) => store(index).hold(place.hold(index % 3, 2, { personId }))),
    );
    expect(countNames(same)).toEqual({ OffersHeld: 1, OVERLAPPING: 9 });
    const later = await Promise.all(
      [6, 9, 12, 15].map((slot, index) => store(index).hold(place.hold(slot, 2, { personId }))),
    );
    expect(countNames(later)).toEqual({ OffersHeld: 1, LIMIT_EXCEEDED: 3 });
  });

  test('staff seat whom they like, when they like, where there is a place', async () => {
    const place = await system.restaurant({ areas: [areaOfTables([2])] });
    const [offerId = ''] = place.areas;
    const line = { offerId, quantity: 2, seating: { startsAt: new Date(), anyOf: [] } };
    expect(await store(0).hold(place.hold(0, 2, { lines: [line] }))).toMatchObject({ code: 'SALE_ENDED' });
    const walkIn = () => store(0).hold(place.hold(0, 2, { lines: [line], byStaff: true }));
    expect(await walkIn()).toMatchObject({ __typename: 'OffersHeld' });
    expect(await walkIn()).toMatchObject({ code: 'HELD' });
  });

  test('a group has tickets and tables of several listings, under one commit', async () => {
    const offers = await Promise.all([1, 2, 3].map(async () => system.offer(await system.listing())));
    const places = await Promise.all([1, 2, 3].map(() => system.restaurant()));
    const one = system.open({ lanes: 1 });
    const before = await system.pool.query<{ count: bigint }>('select count(*) from hold');
    const answers = await Promise.all([
      ...offers.map((offer) => one.hold(holdOf(offer))),
      ...places.map((place) => one.hold(place.hold(0, 2))),
      one.hold({
        ...holdOf(offers[0] ?? ''),
        lines: [{ offerId: offers[0] ?? '', quantity: 1 }, ...(places[0]?.hold(0, 2).lines ?? [])],
      }),
    ]);
    expect(countNames(answers)).toEqual({ OffersHeld: 6, MIXED_LISTINGS: 1 });
    const after = await system.pool.query<{ count: bigint }>('select count(*) from hold');
    expect(after.rows[0]?.count).toBe((before.rows[0]?.count ?? 0n) + 6n);
  });

  describe('a change', () => {
    test('a party of 4 grows to 5 in a slot that is full with its own 4', async () => {
      const place = await system.restaurant({ areas: [areaOfTables([6])] });
      const request = place.hold(2, 4);
      await store(0).hold(request);
      await store(0).confirm(confirmOf(request.orderId));
      const change = changeOf(request.orderId, place.line(2, 5));
      const answers = await Promise.all([0, 1, 0].map((index) => store(index).change(change)));
      for (const answer of answers) {
        expect(answer).toMatchObject({ __typename: 'HoldChanged', lines: [{ quantity: 5 }] });
      }
      expect(await system.told(request.orderId)).toEqual([
        'inventory.held',
        'inventory.confirmed',
        'inventory.changed',
      ]);
    });

    test('refused, the old one stands', async () => {
      const place = await system.restaurant({ areas: [areaOfTables([2, 4])] });
      const mine = place.hold(2, 2);
      const other = place.hold(2, 4);
      await store(0).hold(mine);
      await store(0).hold(other);
      expect(await store(1).change(changeOf(mine.orderId, place.line(2, 4)))).toMatchObject({
        code: 'HELD',
        wish: { orderId: mine.orderId, partySize: 4 },
      });
      expect(await store(1).change(changeOf(mine.orderId, at(place, 600_000)))).toMatchObject({
        code: 'OUTSIDE_HOURS',
      });
      expect(await store(1).hold(mine)).toMatchObject({ lines: [{ quantity: 2 }] });
      expect(await store(1).change(changeOf(mine.orderId, place.line(6, 2)))).toMatchObject({
        lines: [{ seating: { startsAt: place.starts[6] } }],
      });
      // What it had is free again.
      expect(await store(0).hold(place.hold(2, 2))).toMatchObject({ __typename: 'OffersHeld' });
    });

    test('two parties that want each other\u2019s time get all or nothing, without a deadlock', async () => {
      const place = await system.restaurant({ areas: [areaOfTables([2])] });
      const [early, late] = [place.hold(0, 2), place.hold(6, 2)];
      await store(0).hold(early);
      await store(0).hold(late);
      const answers = await Promise.all([
        store(0).change(changeOf(early.orderId, place.line(6, 2))),
        store(1).change(changeOf(late.orderId, place.line(0, 2))),
      ]);
      expect(answers.map(nameOf)).toEqual(['HELD', 'HELD']);
    });

    test('what is gone can\u2019t be changed', async () => {
      const place = await system.restaurant();
      const [gone, over] = [place.hold(0, 2), place.hold(0, 2)];
      await store(0).hold(gone);
      await store(0).release(releaseOf(gone.orderId));
      await store(0).hold(over);
      await system.expire(over.orderId);
      const change = (orderId: string) => store(1).change(changeOf(orderId, place.line(3, 2)));
      expect(await change(gone.orderId)).toMatchObject({ code: 'RELEASED' });
      expect(await change(over.orderId)).toMatchObject({ code: 'LAPSED' });
      expect(await change(newId())).toMatchObject({ code: 'NOT_FOUND' });
      const ticket = holdOf(await system.offer(await system.listing()));
      await store(0).hold(ticket);
      expect(await change(ticket.orderId)).toMatchObject({ code: 'INVALID_INPUT' });
    });
  });

  describe('the end of a hold', () => {
    test('gives the table to the next who asks, whether or not it was swept', async () => {
      const place = await system.restaurant({ areas: [areaOfTables([2])] });
      const first = place.hold(0, 2);
      await store(0).hold(first);
      await system.expire(first.orderId);
      expect(await store(1).hold(place.hold(0, 2))).toMatchObject({ __typename: 'OffersHeld' });
      expect(await store(0).confirm(confirmOf(first.orderId))).toMatchObject({ code: 'HELD' });
    });

    test('confirmed after it, an order has a table if one is free, another one if need be', async () => {
      const place = await system.restaurant({ areas: [areaOfTables([2, 2])] });
      const first = place.hold(0, 2);
      await store(0).hold(first);
      await system.expire(first.orderId);
      await store(1).tidy(place.id);
      expect(await store(1).hold(place.hold(0, 2))).toMatchObject({
        lines: [{ seating: { tables: [{ name: '1' }] } }],
      });
      expect(await store(0).confirm(confirmOf(first.orderId))).toMatchObject({ __typename: 'HoldConfirmed' });
      expect(await store(0).hold(first)).toMatchObject({ lines: [{ seating: { tables: [{ name: '2' }] } }] });
      expect(await store(1).hold(place.hold(0, 2))).toMatchObject({ code: 'HELD' });
    });

    test('a release before the hold leaves a tombstone', async () => {
      const place = await system.restaurant();
      const request = place.hold(0, 2);
      await store(0).release(releaseOf(request.orderId));
      expect(await store(1).hold(request)).toMatchObject({ code: 'RELEASED' });
    });
  });

  test.each([
    ['forward', lastSundayOf('03'), ['T01:30+01:00', 'T03:00+02:00']],
    ['back', lastSundayOf('10'), ['T02:00+02:00', 'T02:00+01:00']],
  ])('on the night on which clocks go %s, an hour is an hour', async (_, date, times) => {
    const hours = [{ weekday: 7, opens: '00:00', closes: '05:00' }];
    const place = await system.restaurant({
      areas: [areaOfTables([2])],
      schedule: { slotMinutes: 30, hours, exceptions: [] },
      seating: {
        durations: [{ upToPartySize: 2, minutes: 30 }],
        minimumParty: 1,
        maximumParty: 2,
        horizonDays: 10_000,
        noticeMinutes: 0,
      },
    });
    const line = (time: string): LineRequest => {
      const startsAt = new Date(`${date}${time}`);
      return { offerId: place.areas[0] ?? '', quantity: 2, seating: { startsAt, anyOf: [] } };
    };
    for (const time of times) {
      const lines = [line(time)];
      expect(await store(0).hold(place.hold(0, 2, { lines }))).toMatchObject({
        __typename: 'OffersHeld',
        lines: [{ seating: { day: date, startsAt: lines[0]?.seating?.startsAt } }],
      });
      expect(await store(1).hold(place.hold(0, 2, { lines }))).toMatchObject({ code: 'HELD' });
    }
  });

  test('what begins past midnight belongs to the evening, and to its limit', async () => {
    const every = [1, 2, 3, 4, 5, 6, 7];
    const hours = every.map((weekday) => ({ weekday, opens: '19:00', closes: '01:00' }));
    const durations = [{ upToPartySize: 2, minutes: 30 }];
    const place = await system.restaurant({
      schedule: { slotMinutes: 30, hours, exceptions: [] },
      seating: { durations, minimumParty: 1, maximumParty: 2, horizonDays: 30, noticeMinutes: 0 },
      limitPerPersonAndDay: 2,
    });
    const personId = newId();
    // 19:00, 00:30 (the last, half an hour before closing), and between them.
    const answers: GroupAnswer[] = [];
    for (const slot of [0, 11, 5]) answers.push(await store(slot).hold(place.hold(slot, 2, { personId })));
    expect(answers).toMatchObject([
      { lines: [{ seating: { day: place.day } }] },
      { lines: [{ seating: { day: place.day } }] },
      { code: 'LIMIT_EXCEEDED' },
    ]);
    expect(place.starts).toHaveLength(12);
  });

  test('200 at once, bookings, changes and cancellations at random: no table has two parties', async () => {
    const place = await system.restaurant({
      areas: [
        areaOfTables(
          [2, 2, 2, 4, 4, 6],
          [
            [0, 1],
            [3, 4],
          ],
        ),
        areaOfSeats(12),
      ],
    });
    const random = randomNumbers(19);
    const pick = (most: number): number => Math.floor(random() * most);
    const answers = await Promise.all(
      Array.from({ length: 200 }, async (_, index) => {
        const areas = random() < 0.5 ? place.areas : [...place.areas].reverse();
        const line = (): LineRequest => place.line(pick(place.starts.length), 1 + pick(8), areas);
        const request = place.hold(0, 2, { lines: [line()] });
        const fate = random();
        const other = changeOf(request.orderId, line());
        const answer = await store(index).hold(request);
        if (fate < 0.3) await store(index + 1).release(releaseOf(request.orderId));
        else if (fate < 0.6) await store(index + 1).change(other);
        else if (fate < 0.9) await store(index + 1).confirm(confirmOf(request.orderId));
        return answer;
      }),
    );
    expect(countNames(answers)['OffersHeld']).toBeGreaterThan(20);
    const { rows } = await system.pool.query<{ twice: bigint }>(
      `select count(*) as twice from
         (select order_id, during, unnest(tables) as t from seating where live) a
         join (select order_id, during, unnest(tables) as t from seating where live) b
           on a.t = b.t and a.order_id < b.order_id and a.during && b.during`,
    );
    expect(rows).toEqual([{ twice: 0n }]);
    const { rows: deadlocks } = await system.pool.query(
      'select deadlocks from pg_stat_database where datname = current_database()',
    );
    expect(deadlocks).toEqual([{ deadlocks: 0n }]);
  });
});

/** Next year's last Sunday of March (`03`) or October (`10`): the European Union's clocks change that night. */
function lastSundayOf(month: string): string {
  const last = new Date(`${new Date().getUTCFullYear() + 1}-${month}-31T00:00:00Z`);
  last.setUTCDate(31 - last.getUTCDay());
  return last.toISOString().slice(0, 10);
}

/** Mulberry32 (https://gist.github.com/tommyettinger/46a874533244883189143505d203312c): the same numbers every time. */
function randomNumbers(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
