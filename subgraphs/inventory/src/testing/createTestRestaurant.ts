import { newId } from '@foyer/platform';
import type { Pool } from 'pg';
import type { HoldRequest, JoinRequest, LineRequest } from '../domain/requests.js';
import { compileRestaurant } from '../domain/tables/compileRestaurant.js';
import type { AreaConfiguration, Restaurant, RestaurantConfiguration } from '../domain/tables/restaurant.js';
import { slotsOfDay } from '../domain/tables/slotsOfDay.js';
import { addDays, localDate } from '../domain/tables/wallClock.js';

/** A restaurant of a test: one evening of it, and how to ask for tables there. */
export interface TestRestaurant {
  readonly id: string;
  readonly restaurant: Restaurant;
  /** Three days from now. */
  readonly day: string;
  /** The beginnings of that day. */
  readonly starts: readonly Date[];
  /** Ids of the areas. */
  readonly areas: readonly string[];
  /** A line for a party, by the number of the slot. */
  line(slot: number, partySize: number, areas?: readonly string[]): LineRequest;
  /** The request of a hold; what is left out is made up. */
  hold(slot: number, partySize: number, values?: Partial<HoldRequest>): HoldRequest;
  /** The request to wait for any of these slots. */
  join(from: number, until: number, partySize: number, values?: Partial<JoinRequest>): JoinRequest;
}

/** An area with tables of these seats. */
export function areaOfTables(
  seats: readonly number[],
  join: readonly (readonly number[])[] = [],
): AreaConfiguration {
  const tables = seats.map((each, index) => {
    return { tableId: newId(), name: String(index + 1), seats: each, minimumParty: 1 };
  });
  const joins = join.map((each) => each.map((index) => tables[index]?.tableId ?? ''));
  return { areaId: newId(), name: 'Room', kind: 'TABLES', seats: null, tables, joins };
}

/** An area of seats alone. */
export function areaOfSeats(seats: number): AreaConfiguration {
  return { areaId: newId(), name: 'Bar', kind: 'SEATS', seats, tables: [], joins: [] };
}

/** Open every day from 12:00 to 23:00, slots of 30 minutes, stays of 90; one area of tables for 2, 2, 4 and 6. */
export function testConfiguration(values: Partial<RestaurantConfiguration> = {}): RestaurantConfiguration {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '12:00', closes: '23:00' }));
  return {
    name: 'Krug',
    timeZone: 'Europe/Berlin',
    schedule: { slotMinutes: 30, hours, exceptions: [] },
    seating: {
      durations: [{ upToPartySize: 12, minutes: 90 }],
      minimumParty: 1,
      maximumParty: 12,
      horizonDays: 30,
      noticeMinutes: 30,
    },
    areas: [areaOfTables([2, 2, 4, 6])],
    limitPerPersonAndDay: 3,
    ...values,
  };
}

/** Writes a restaurant as the handler of catalog's events does. */
export async function createTestRestaurant(
  pool: Pool,
  values: Partial<RestaurantConfiguration> = {},
): Promise<TestRestaurant> {
  const id = newId();
  const configuration = testConfiguration(values);
  await pool.query(
    `insert into listing (id, kind, organization_id, status, free, currency)
     values ($1, 'RESTAURANT', $2, 'PUBLISHED', true, 'EUR')`,
    [id, newId()],
  );
  for (const { areaId, name } of configuration.areas) {
    await pool.query(
      `insert into offer (id, kind, listing_id, name, price, currency, total, limit_per_person)
       values ($1, 'TABLE', $2, $3, 500, 'EUR', 100, 12)`,
      [areaId, id, name],
    );
  }
  await pool.query(
    `insert into restaurant (listing_id, version, configuration, opened_until, next_day_at)
     values ($1, 1, $2, now(), now() + interval '1 day')`,
    [id, JSON.stringify(configuration)],
  );
  return testRestaurant(compileRestaurant(id, 1, configuration));
}

/** Ways to ask for tables of a restaurant. */
export function testRestaurant(restaurant: Restaurant): TestRestaurant {
  const { id, timeZone } = restaurant;
  const day = addDays(localDate(timeZone, Date.now()), 3);
  const starts = slotsOfDay(restaurant, day).map(({ startsAt }) => new Date(startsAt));
  const areas = restaurant.areas.map(({ areaId }) => areaId);
  const at = (slot: number): Date => starts[slot] ?? new Date(NaN);
  const line: TestRestaurant['line'] = (slot, partySize, [offerId = '', ...anyOf] = areas) => {
    return { offerId, quantity: partySize, seating: { startsAt: at(slot), anyOf } };
  };
  return {
    id,
    restaurant,
    day,
    starts,
    areas,
    line,
    hold: (slot, partySize, values = {}) => ({
      kind: 'hold',
      orderId: newId(),
      personId: newId(),
      lines: [line(slot, partySize)],
      accessCode: null,
      correlationId: null,
      ...values,
    }),
    join: (from, until, partySize, values = {}) => ({
      kind: 'join',
      entryId: newId(),
      listingId: id,
      personId: newId(),
      partySize,
      areaIds: [],
      from: at(from),
      until: at(until),
      correlationId: null,
      ...values,
    }),
  };
}
