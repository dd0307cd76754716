import { invariant } from '@foyer/platform/domain';
import type { Area, AreaConfiguration, Place, Restaurant, RestaurantConfiguration } from './restaurant.js';
import { isTimeZone, MINUTE } from './wallClock.js';

/**
 * Makes a restaurant ready for deciding. @throws when its time zone is unknown or it has no durations: catalog lets
 * nothing of the kind pass.
 */
export function compileRestaurant(
  id: string,
  version: number,
  configuration: RestaurantConfiguration,
): Restaurant {
  const { timeZone, seating, areas } = configuration;
  invariant(isTimeZone(timeZone), `the restaurant ${id} has the unknown time zone "${timeZone}"`);
  const stays = seating.durations.map(({ minutes }) => minutes * MINUTE);
  invariant(stays.length > 0, `the restaurant ${id} says no duration of a seating`);
  return {
    ...configuration,
    id,
    version,
    areasById: new Map(areas.map((area) => [area.areaId, compileArea(area)])),
    tableNames: new Map(areas.flatMap(({ tables }) => tables.map(({ tableId, name }) => [tableId, name]))),
    shortestStay: Math.min(...stays),
    longestStay: Math.max(...stays),
    slotsByDate: new Map(),
  };
}

function compileArea({ areaId, name, kind, seats, tables, joins }: AreaConfiguration): Area {
  const places = kind === 'TABLES' ? placesOf(tables, joins) : [];
  const all = kind === 'SEATS' ? (seats ?? 0) : tables.reduce((sum, table) => sum + table.seats, 0);
  return { id: areaId, name, kind, seats: all, places };
}

/**
 * Every place of an area, the best first: the fewest seats, so that none are wasted and a small party leaves the big
 * table; then the fewest tables; then the order in which the restaurant names them. The first place that is free and
 * fits is therefore the exact best fit.
 */
function placesOf(tables: AreaConfiguration['tables'], joins: AreaConfiguration['joins']): readonly Place[] {
  const byId = new Map(tables.map((table) => [table.tableId, table]));
  const places: Place[] = tables.map(({ tableId, seats, minimumParty }) => {
    return { tables: [tableId], seats, minimumParty };
  });
  for (const join of joins) {
    const joined = [...new Set(join)].map((id) => byId.get(id));
    if (joined.length < 2 || joined.includes(undefined)) continue;
    const found = joined.filter((table) => table !== undefined);
    places.push({
      tables: found.map(({ tableId }) => tableId),
      seats: found.reduce((sum, { seats }) => sum + seats, 0),
      minimumParty: Math.max(...found.map(({ minimumParty }) => minimumParty)),
    });
  }
  // Sorting is stable: equals stay in the order of naming.
  return places.sort((a, b) => a.seats - b.seats || a.tables.length - b.tables.length);
}
