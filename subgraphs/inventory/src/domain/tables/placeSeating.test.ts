import { cellsOf } from './cells.js';
import { occupancyOf } from './occupancy.js';
import { countPlaces, placeSeating } from './placeSeating.js';
import type { AreaConfiguration } from './restaurant.js';
import type { Seating } from './seating.js';
import { restaurant, seatsArea, tablesArea } from './testRestaurant.js';

const areaOf = (configuration: AreaConfiguration) => {
  const area = restaurant({ areas: [configuration] }).areasById.get(configuration.areaId);
  if (!area) throw new Error('no area');
  return area;
};
const taken = (...tables: readonly string[]) => ({ tables: new Set(tables), seatsTaken: () => 0 });
const seating = (values: Partial<Seating>): Seating => ({
  orderId: 'order',
  offerId: 'area',
  listingId: 'restaurant',
  personId: 'person',
  day: '2026-06-01',
  startsAt: 0,
  endsAt: 90,
  partySize: 2,
  tables: [],
  ...values,
});

describe('placeSeating', () => {
  test('a small party leaves the big table while a small one is free', () => {
    const area = areaOf(tablesArea([6, 2, 4]));
    expect(placeSeating(area, 2, taken())).toEqual(['t1']);
    expect(placeSeating(area, 2, taken('t1'))).toEqual(['t2']);
    expect(placeSeating(area, 2, taken('t1', 't2'))).toEqual(['t0']);
    expect(placeSeating(area, 2, taken('t0', 't1', 't2'))).toBeNull();
    expect(placeSeating(area, 7, taken())).toBeNull();
  });

  test('joins tables where they seat the party better, and only those that may be joined', () => {
    const area = areaOf(tablesArea([2, 2, 6], { joins: [['t0', 't1']] }));
    expect(placeSeating(area, 4, taken())).toEqual(['t0', 't1']);
    expect(placeSeating(area, 4, taken('t0'))).toEqual(['t2']);
    const equal = areaOf(tablesArea([2, 2, 4], { joins: [['t0', 't1']] }));
    expect(placeSeating(equal, 4, taken())).toEqual(['t2']);
    expect(placeSeating(areaOf(tablesArea([2, 2])), 4, taken())).toBeNull();
  });

  test('keeps a table from parties that are too small for it', () => {
    const area = areaOf(tablesArea([6], { minimumParty: 4 }));
    expect(placeSeating(area, 3, taken())).toBeNull();
    expect(placeSeating(area, 4, taken())).toEqual(['t0']);
  });

  test('agrees with trying every place', () => {
    const random = randomNumbers(11);
    const pick = (most: number): number => Math.floor(random() * most);
    for (let round = 0; round < 3000; round += 1) {
      const seats = Array.from({ length: 1 + pick(6) }, () => 1 + pick(6));
      const names = seats.map((_, index) => `t${index}`);
      const joins = Array.from({ length: pick(4) }, () => names.filter(() => random() < 0.5)).filter(
        ({ length }) => length >= 2,
      );
      const configuration = tablesArea(seats, { joins, minimumParty: 1 + pick(2) });
      const busy = new Set(names.filter(() => random() < 0.4));
      const size = 1 + pick(8);
      const place = placeSeating(areaOf(configuration), size, { tables: busy, seatsTaken: () => 0 });
      expect(place && costOf(configuration, place)).toEqual(bestCost(configuration, busy, size));
      if (place) expect(place.some((table) => busy.has(table))).toBe(false);
    }
  });
});

describe('seats alone', () => {
  test('are counted at every moment, never by who sits where', () => {
    const area = areaOf(seatsArea(4));
    const hour = 3_600_000;
    const standing = [
      seating({ orderId: 'a', offerId: 'bar', partySize: 3, startsAt: 0, endsAt: hour }),
      seating({ orderId: 'b', offerId: 'bar', partySize: 3, startsAt: hour, endsAt: 2 * hour }),
      seating({ orderId: 'c', offerId: 'other', partySize: 4, startsAt: 0, endsAt: 2 * hour }),
    ];
    const occupancy = occupancyOf(standing, hour / 2, hour + hour / 2);
    expect(occupancy.seatsTaken('bar')).toBe(3);
    expect(placeSeating(area, 1, occupancy)).toEqual([]);
    expect(placeSeating(area, 2, occupancy)).toBeNull();
    expect(countPlaces(area, 2, occupancyOf([], 0, hour))).toBe(2);
  });

  test('agree with counting every cell', () => {
    const random = randomNumbers(5);
    const time = (): number => Math.floor(random() * 48) * 150_000;
    for (let round = 0; round < 1000; round += 1) {
      const standing = Array.from({ length: 6 }, (_, index) => {
        const startsAt = time();
        const partySize = 1 + Math.floor(random() * 3);
        const endsAt = startsAt + 150_000 + time();
        return seating({ orderId: String(index), offerId: 'bar', startsAt, endsAt, partySize });
      });
      const from = time();
      const until = from + 150_000 + time();
      const wanted = new Set(cellsOf(from, until));
      const counts = [...wanted].map((cell) =>
        standing
          .filter((each) => cellsOf(each.startsAt, each.endsAt).includes(cell))
          .reduce((sum, { partySize }) => sum + partySize, 0),
      );
      expect(occupancyOf(standing, from, until).seatsTaken('bar')).toBe(Math.max(...counts));
    }
  });
});

/** Seats and tables of a place: what the best one has least of. */
function costOf({ tables }: AreaConfiguration, place: readonly string[]): readonly number[] {
  const seats = tables.reduce((sum, table) => sum + (place.includes(table.tableId) ? table.seats : 0), 0);
  return [seats, place.length];
}

/** The least cost of all places that are free and fit; null when there is none. */
function bestCost(
  area: AreaConfiguration,
  busy: ReadonlySet<string>,
  size: number,
): readonly number[] | null {
  const costs = [...area.tables.map(({ tableId }) => [tableId]), ...area.joins]
    .filter((place) => !place.some((table) => busy.has(table)))
    .filter((place) => (costOf(area, place)[0] ?? 0) >= size)
    .filter((place) =>
      area.tables.every((table) => !place.includes(table.tableId) || table.minimumParty <= size),
    )
    .map((place) => costOf(area, place))
    .sort((a, b) => (a[0] ?? 0) - (b[0] ?? 0) || (a[1] ?? 0) - (b[1] ?? 0));
  return costs[0] ?? null;
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
