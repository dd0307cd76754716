import { newId } from '@foyer/platform';
import type { Pool } from 'pg';
import { compileRestaurant } from '@foyer/inventory/dist/domain/tables/compileRestaurant.js';
import type { Restaurant, RestaurantConfiguration } from '@foyer/inventory/dist/domain/tables/restaurant.js';
import { slotsOfDay } from '@foyer/inventory/dist/domain/tables/slotsOfDay.js';
import { addDays, localDate } from '@foyer/inventory/dist/domain/tables/wallClock.js';

/** A table that somebody wants. */
export interface Booking {
  readonly restaurant: Restaurant;
  readonly areaId: string;
  readonly startsAt: Date;
  readonly partySize: number;
}

/** How many days ahead is booked. */
const DAYS = 60;

/** Writes so many restaurants with so many tables each, all free. */
export async function bookingRestaurants(
  pool: Pool,
  count: number,
  tables: number,
): Promise<readonly Restaurant[]> {
  const restaurants: Restaurant[] = [];
  for (let index = 0; index < count; index += 1) {
    const [id, areaId] = [newId(), newId()];
    const configuration = configurationOf(areaId, tables);
    await pool.query(
      `with l as (
         insert into listing (id, kind, organization_id, status, free, currency)
         values ($1, 'RESTAURANT', $1, 'PUBLISHED', true, 'EUR')
       ), o as (
         insert into offer (id, kind, listing_id, name, price, currency, total, limit_per_person)
         values ($2, 'TABLE', $1, 'Room', 0, 'EUR', 100, 12)
       )
       insert into restaurant (listing_id, version, configuration, opened_until, next_day_at)
       values ($1, 1, $3, now(), now() + interval '1 day')`,
      [id, areaId, JSON.stringify(configuration)],
    );
    restaurants.push(compileRestaurant(id, 1, configuration));
  }
  await pool.query('vacuum analyze');
  return restaurants;
}

/** A random table at one of them. */
export function randomBooking(restaurants: readonly Restaurant[]): Booking {
  const pick = (most: number): number => Math.floor(Math.random() * most);
  const restaurant = restaurants[pick(restaurants.length)] as Restaurant;
  const day = addDays(localDate(restaurant.timeZone, Date.now()), 1 + pick(DAYS));
  const slots = slotsOfDay(restaurant, day);
  const startsAt = new Date(slots[pick(slots.length)]?.startsAt ?? NaN);
  return { restaurant, areaId: restaurant.areas[0]?.areaId ?? '', startsAt, partySize: 1 + pick(4) };
}

/** Open from 10:00 to 23:00, slots of 30 minutes, stays of 90; tables for 2 and 4 in turn. */
function configurationOf(areaId: string, count: number): RestaurantConfiguration {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens: '10:00', closes: '23:00' }));
  const tables = Array.from({ length: count }, (_, index) => {
    return { tableId: newId(), name: String(index + 1), seats: index % 2 === 0 ? 2 : 4, minimumParty: 1 };
  });
  return {
    name: 'Krug',
    timeZone: 'Europe/Berlin',
    schedule: { slotMinutes: 30, hours, exceptions: [] },
    seating: {
      durations: [{ upToPartySize: 4, minutes: 90 }],
      minimumParty: 1,
      maximumParty: 4,
      horizonDays: DAYS + 2,
      noticeMinutes: 30,
    },
    areas: [{ areaId, name: 'Room', kind: 'TABLES', seats: null, tables, joins: [] }],
    limitPerPersonAndDay: 3,
  };
}
