import { invariant } from '@foyer/platform';
import type { OrderWork } from './orderWork.js';
import type { ReservationRow } from './reservationRow.js';

/** Fields of a reservation that change. */
export type ReservationPatch = Partial<
  Pick<
    ReservationRow,
    | 'status'
    | 'reason'
    | 'areaId'
    | 'areaName'
    | 'startsAt'
    | 'endsAt'
    | 'partySize'
    | 'day'
    | 'tables'
    | 'specialRequests'
    | 'freeUntil'
  >
>;

/**
 * Writes changes of an order's reservation, under the order's lock.
 * @returns the reservation as it is now.
 * @throws InvariantViolation when its status is not the one that was decided by.
 */
export async function saveReservation(work: OrderWork, patch: ReservationPatch): Promise<ReservationRow> {
  const before = await work.reservation();
  invariant(before, `order ${work.order.id} has no reservation`);
  const next = { ...before, ...patch };
  const saved = await work.sql.query(
    `update reservation set status = $3, reason = $4, area_id = $5, area_name = $6, starts_at = $7, ends_at = $8,
       party_size = $9, day = $10::date, tables = $11::text[], special_requests = $12, free_until = $13
     where id = $1 and status = $2 returning 1 as saved`,
    [
      next.id,
      before.status,
      next.status,
      next.reason,
      next.areaId,
      next.areaName,
      next.startsAt,
      next.endsAt,
      next.partySize,
      next.day,
      next.tables,
      next.specialRequests,
      next.freeUntil,
    ],
  );
  invariant(saved.length === 1, `reservation ${next.id} is not ${before.status} any more`);
  work.setReservation(next);
  return next;
}
