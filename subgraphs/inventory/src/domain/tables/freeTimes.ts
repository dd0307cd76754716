import type { TableWish } from '../requests.js';
import type { DayContent } from './dayContent.js';
import { closedSlot, takesParty } from './dayView.js';
import { occupancyOf } from './occupancy.js';
import { placeSeating } from './placeSeating.js';
import type { Area, Slot } from './restaurant.js';
import { overlaps } from './seating.js';
import { slotsOfDay, stayOf } from './slotsOfDay.js';

/** A time that would work. */
export interface FreeTime {
  readonly slot: Slot;
  readonly endsAt: number;
  readonly area: Area;
}

/** The times of a day that would work for a wish, the nearest first. What the order has itself is in nobody's way. */
export function freeTimes(content: DayContent, wish: TableWish): readonly FreeTime[] {
  const { restaurant, day } = content;
  const { partySize, personId, orderId, offerIds } = wish;
  if (!takesParty(restaurant, partySize)) return [];
  const seatings = content.seatings.filter((each) => each.orderId !== orderId);
  const own = seatings.filter((each) => each.personId === personId);
  if (own.filter((each) => each.day === day).length >= restaurant.limitPerPersonAndDay) return [];
  const areas = [...restaurant.areasById.values()].filter(
    ({ id }) => offerIds.length === 0 || offerIds.includes(id),
  );
  const found: FreeTime[] = [];
  for (const slot of slotsOfDay(restaurant, day)) {
    const endsAt = slot.startsAt + stayOf(restaurant, partySize);
    if (closedSlot(content, slot) !== null) continue;
    if (own.some((each) => overlaps(each, slot.startsAt, endsAt))) continue;
    const occupancy = occupancyOf(seatings, slot.startsAt, endsAt);
    const area = areas.find((each) => placeSeating(each, partySize, occupancy) !== null);
    if (area) found.push({ slot, endsAt, area });
  }
  const distance = ({ slot }: FreeTime): number => Math.abs(slot.startsAt - wish.startsAt);
  return found.sort((a, b) => distance(a) - distance(b));
}
