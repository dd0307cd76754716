import type { RestaurantSnapshot } from '@foyer/kafka';
import { invariant } from '@foyer/platform';
import { freeUntil } from '../domain/cancellationPolicy.js';
import type { TableWish } from '../domain/tableWish.js';
import type { NewReservation } from '../store/recordOrder.js';

const MINUTE = 60_000;

/** Who wants to sit where. */
export interface Wanted {
  readonly wish: TableWish;
  /** The area looked in first. */
  readonly areaId: string;
  readonly userId: string | null;
  /** Sealed. */
  readonly guest: string | null;
  readonly walkIn: boolean;
}

/** A reservation as it is recorded: as far as is known here; inventory's hold says where and until when. */
export function newReservation(restaurant: RestaurantSnapshot, wanted: Wanted): NewReservation {
  const { seating, areas, cancellation } = restaurant;
  const { wish, areaId, userId, guest, walkIn } = wanted;
  const { startsAt, partySize, specialRequests } = wish;
  const stay =
    seating.durations.find(({ upToPartySize }) => partySize <= upToPartySize) ?? seating.durations.at(-1);
  invariant(stay, `restaurant ${restaurant.restaurantId} says how long parties stay`);
  return {
    userId,
    areaId,
    areaName: areas.find((area) => area.areaId === areaId)?.name ?? '',
    startsAt,
    endsAt: new Date(startsAt.getTime() + stay.minutes * MINUTE),
    partySize,
    specialRequests,
    guest,
    walkIn,
    freeUntil: freeUntil(startsAt, cancellation.freeUntilHours),
    freeUntilHours: cancellation.freeUntilHours,
    thenPercent: cancellation.thenPercent,
  };
}
