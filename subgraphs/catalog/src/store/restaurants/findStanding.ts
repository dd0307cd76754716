import type { Queryable } from '@foyer/kafka';
import type { StandingReservation } from '../../domain/restaurants/findConflicts.js';

/** A restaurant's reservations that are neither over nor off. */
export function findStanding(
  sql: Queryable,
  restaurantId: string,
  now: Date,
): Promise<readonly StandingReservation[]> {
  return sql.query<StandingReservation & Record<string, unknown>>(
    `select id, code, area_id as "areaId", starts_at as "startsAt", ends_at as "endsAt", party_size as "partySize"
     from reservation
     where restaurant_id = $1 and ends_at > $2 and status in ('PENDING', 'CONFIRMED', 'SEATED')
     order by starts_at, id`,
    [restaurantId, now],
  );
}
