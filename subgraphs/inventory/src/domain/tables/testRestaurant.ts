import type { AreaConfiguration, Restaurant, RestaurantConfiguration } from './restaurant.js';
import { compileRestaurant } from './compileRestaurant.js';

/** An area with tables of these seats, named 't0', 't1'…; smallest parties and joins as given. */
export function tablesArea(
  seats: readonly number[],
  values: Partial<AreaConfiguration> & { readonly minimumParty?: number } = {},
): AreaConfiguration {
  const { minimumParty = 1, ...rest } = values;
  return {
    areaId: 'area',
    name: 'Room',
    kind: 'TABLES',
    seats: null,
    tables: seats.map((each, index) => {
      return { tableId: `t${index}`, name: String(index), seats: each, minimumParty };
    }),
    joins: [],
    ...rest,
  };
}

/** An area of seats alone. */
export function seatsArea(seats: number, areaId = 'bar'): AreaConfiguration {
  return { areaId, name: 'Bar', kind: 'SEATS', seats, tables: [], joins: [] };
}

/** A restaurant in Berlin, open every evening from 18:00 to 23:00, with slots of 30 minutes and stays of 90. */
export function restaurant(values: Partial<RestaurantConfiguration> = {}, id = 'restaurant'): Restaurant {
  return compileRestaurant(id, 1, {
    name: 'Krug',
    timeZone: 'Europe/Berlin',
    schedule: daily('18:00', '23:00'),
    seating: {
      durations: [{ upToPartySize: 8, minutes: 90 }],
      minimumParty: 1,
      maximumParty: 8,
      horizonDays: 30,
      noticeMinutes: 30,
    },
    areas: [tablesArea([2, 4, 6])],
    limitPerPersonAndDay: 2,
    ...values,
  });
}

/** The same hours every day. */
export function daily(opens: string, closes: string, slotMinutes = 30): RestaurantConfiguration['schedule'] {
  const hours = [1, 2, 3, 4, 5, 6, 7].map((weekday) => ({ weekday, opens, closes }));
  return { slotMinutes, hours, exceptions: [] };
}
