import type { AvailabilityState } from '../availabilityState.js';
import type { DayContent } from './dayContent.js';
import { occupancyOf, type Occupancy } from './occupancy.js';
import { countPlaces } from './placeSeating.js';
import type { Area, Restaurant, Slot } from './restaurant.js';
import { closedByTime, slotsOfDay, stayOf } from './slotsOfDay.js';

/** How an area stands at a slot, for a party. */
export interface AreaView {
  readonly area: Area;
  readonly state: AvailabilityState;
  /** How many such parties could be seated now; 0 unless on sale. */
  readonly available: number;
}

/** How a slot stands for a party. */
export interface SlotView {
  readonly slot: Slot;
  readonly endsAt: number;
  /** The best of its areas. */
  readonly state: AvailabilityState;
  readonly areas: readonly AreaView[];
}

/** The better of two states comes first. */
const ORDER: readonly AvailabilityState[] = [
  'AVAILABLE',
  'LOW',
  'HELD',
  'SOLD_OUT',
  'PAUSED',
  'NOT_ON_SALE',
  'SALE_ENDED',
];

/**
 * How a day's slots stand for a party, in order; in those areas that could seat it at all.
 * @param areaIds only these areas; none: all.
 * @param lowPercent LOW begins at this share of what the empty area could seat, and at the last place of several.
 */
export function dayView(
  content: DayContent,
  partySize: number,
  areaIds: readonly string[],
  lowPercent: number,
): readonly SlotView[] {
  const { restaurant, day } = content;
  const areas = [...restaurant.areasById.values()].filter(
    (area) => (areaIds.length === 0 || areaIds.includes(area.id)) && countPlaces(area, partySize, EMPTY) > 0,
  );
  return slotsOfDay(restaurant, day).map((slot) => {
    const endsAt = slot.startsAt + stayOf(restaurant, partySize);
    const views = areaViews(content, areas, partySize, slot, endsAt, lowPercent);
    const states = views.map(({ state }) => state);
    return { slot, endsAt, state: ORDER.find((each) => states.includes(each)) ?? 'SOLD_OUT', areas: views };
  });
}

/** Why a slot can't be booked whatever is free; null when it can. */
export function closedSlot(
  { restaurant, status, day, now }: Pick<DayContent, 'restaurant' | 'status' | 'day' | 'now'>,
  slot: Slot,
): 'NOT_ON_SALE' | 'SALE_ENDED' | null {
  if (status === 'CLOSED') return 'SALE_ENDED';
  const closed = closedByTime(restaurant, slot, day, now.getTime());
  return closed === null && status !== 'PUBLISHED' ? 'NOT_ON_SALE' : closed;
}

/** Whether a restaurant takes parties of this size at all. */
export function takesParty({ seating }: Restaurant, partySize: number): boolean {
  return partySize >= seating.minimumParty && partySize <= seating.maximumParty;
}

const EMPTY: Occupancy = { tables: new Set(), seatsTaken: () => 0 };

function areaViews(
  content: DayContent,
  areas: readonly Area[],
  partySize: number,
  slot: Slot,
  endsAt: number,
  lowPercent: number,
): readonly AreaView[] {
  const closed = closedSlot(content, slot);
  if (closed !== null) return areas.map((area) => ({ area, state: closed, available: 0 }));
  const { seatings, heldOrders } = content;
  const taken = occupancyOf(seatings, slot.startsAt, endsAt);
  const sold = occupancyOf(
    seatings.filter(({ orderId }) => !heldOrders.has(orderId)),
    slot.startsAt,
    endsAt,
  );
  return areas.map((area) => {
    const possible = countPlaces(area, partySize, EMPTY);
    const available = countPlaces(area, partySize, taken);
    if (available === 0) {
      const mayComeBack = countPlaces(area, partySize, sold) > 0;
      return { area, state: mayComeBack ? 'HELD' : 'SOLD_OUT', available };
    }
    const few = available < possible && (available === 1 || available * 100 <= possible * lowPercent);
    return { area, state: few ? 'LOW' : 'AVAILABLE', available };
  });
}
