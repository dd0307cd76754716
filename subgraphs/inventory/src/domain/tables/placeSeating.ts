import type { Occupancy } from './occupancy.js';
import type { Area } from './restaurant.js';

/**
 * Where a party sits in an area: the exact best fit among what is free (`compileRestaurant` has sorted the places).
 * @returns the tables, none in an area of seats alone; null when there is no place.
 */
export function placeSeating(
  area: Area,
  partySize: number,
  { tables, seatsTaken }: Occupancy,
): readonly string[] | null {
  if (area.kind === 'SEATS') return partySize <= area.seats - seatsTaken(area.id) ? [] : null;
  const place = area.places.find(
    ({ seats, minimumParty, tables: wanted }) =>
      minimumParty <= partySize && partySize <= seats && !wanted.some((table) => tables.has(table)),
  );
  return place?.tables ?? null;
}

/** How many parties of this size could be seated one after the other, each at its best fit. */
export function countPlaces(area: Area, partySize: number, occupancy: Occupancy): number {
  if (area.kind === 'SEATS') {
    return Math.max(0, Math.floor((area.seats - occupancy.seatsTaken(area.id)) / partySize));
  }
  const taken = new Set(occupancy.tables);
  let count = 0;
  for (;;) {
    const tables = placeSeating(area, partySize, { ...occupancy, tables: taken });
    if (!tables) return count;
    for (const table of tables) taken.add(table);
    count += 1;
  }
}
