import { invariant } from '@foyer/platform';
import type { HeldLine } from '../inventory/inventoryPort.js';
import type { ReservationPatch } from '../store/saveReservation.js';

/** Where and when a reservation is, as inventory says. @throws InvariantViolation for what is no table. */
export function seatOf({ offerId, name, quantity, seating }: HeldLine) {
  invariant(seating, `offer ${offerId} is no table`);
  return {
    areaId: offerId,
    areaName: name,
    startsAt: new Date(seating.startsAt),
    endsAt: new Date(seating.endsAt),
    partySize: quantity,
    day: seating.date,
    tables: seating.tables,
  } satisfies ReservationPatch;
}
