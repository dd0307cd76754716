import type { DayContent } from './dayContent.js';
import { occupancyOf, type Occupancy } from './occupancy.js';
import { placeSeating } from './placeSeating.js';
import { slotsOfDay, stayOf } from './slotsOfDay.js';

/** What is free at a slot. */
export interface FreeSlot {
  /** Milliseconds since 1970. */
  readonly startsAt: number;
  readonly free: readonly { readonly areaId: string; readonly partySizes: readonly number[] }[];
}

/**
 * What is free on a day, slot by slot: for others' search. Notice and horizon are theirs to judge, for time passes
 * without events. Nothing while the restaurant takes no reservations.
 */
export function freeTables({ restaurant, status, day, seatings }: DayContent): readonly FreeSlot[] {
  if (status !== 'PUBLISHED') return [];
  const { minimumParty, maximumParty } = restaurant.seating;
  const sizes = Array.from({ length: maximumParty - minimumParty + 1 }, (_, index) => minimumParty + index);
  return slotsOfDay(restaurant, day).flatMap(({ startsAt }) => {
    const byStay = new Map<number, Occupancy>();
    const occupancyFor = (partySize: number): Occupancy => {
      const stay = stayOf(restaurant, partySize);
      const occupancy = byStay.get(stay) ?? occupancyOf(seatings, startsAt, startsAt + stay);
      byStay.set(stay, occupancy);
      return occupancy;
    };
    const free = [...restaurant.areasById.values()].flatMap((area) => {
      const partySizes = sizes.filter((size) => placeSeating(area, size, occupancyFor(size)) !== null);
      return partySizes.length === 0 ? [] : [{ areaId: area.id, partySizes }];
    });
    return free.length === 0 ? [] : [{ startsAt, free }];
  });
}
