import { Refused } from '@foyer/platform/domain';
import type { StandingReservation } from './findConflicts.js';
import type { Area } from './restaurant.js';

const MAXIMUM_LISTED = 100;

/**
 * The refusal of a change that standing reservations do not fit into.
 * @param areas of the restaurant before the change, for their names.
 */
export function reservationsInConflict(
  conflicts: readonly StandingReservation[],
  areas: readonly Area[],
): Refused {
  const count = conflicts.length;
  return new Refused({
    __typename: 'ReservationsInConflict',
    code: 'RESERVATIONS_IN_CONFLICT',
    message:
      `${count === 1 ? 'A reservation that stands does' : `${count} reservations that stand do`} not fit into this. ` +
      'Move or cancel them first, or make the change with keepReservations: true, which keeps them all.',
    count,
    reservations: conflicts.slice(0, MAXIMUM_LISTED).map(({ id, code, areaId, startsAt, partySize }) => ({
      reservationId: id,
      code,
      startsAt,
      partySize,
      areaName: areas.find((area) => area.areaId === areaId)?.name ?? null,
    })),
  });
}
