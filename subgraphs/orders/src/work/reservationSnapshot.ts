import type { ReservationSnapshot } from '@foyer/kafka';
import type { ReservationRow } from '../store/reservationRow.js';

/** A reservation as its events tell of it. */
export function reservationSnapshot(reservation: ReservationRow): ReservationSnapshot {
  const { id, code, restaurantId, areaId, startsAt, endsAt, partySize, userId, guest, status, reason } =
    reservation;
  const { deposit, currency, freeUntil, thenPercent } = reservation;
  return {
    reservationId: id,
    code,
    restaurantId,
    areaId,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    partySize,
    userId,
    guest,
    status,
    reason,
    policy: {
      deposit: { amount: deposit, currency },
      freeUntil: freeUntil.toISOString(),
      thenPercent,
    },
  };
}
