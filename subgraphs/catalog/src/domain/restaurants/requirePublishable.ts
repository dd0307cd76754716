import { InputCheck } from '@foyer/platform/domain';
import type { Restaurant } from './restaurant.js';

/** @throws Refused `InvalidInput` when a restaurant could take nobody yet. */
export function requirePublishable({ schedule, areas, seating }: Restaurant): void {
  const { hours, exceptions } = schedule;
  new InputCheck()
    .require(
      hours.length > 0 || exceptions.some(({ intervals }) => intervals.length > 0),
      'restaurantId',
      'NO_HOURS',
      'Set its opening hours first.',
    )
    .require(
      areas.some(
        ({ seats, tables }) =>
          Math.max(seats ?? 0, ...tables.map((table) => table.seats)) >= seating.minimumParty,
      ),
      'restaurantId',
      'NO_TABLES',
      'Give it an area with tables or seats for its smallest party first.',
    )
    .done();
}
