import { requireOrganizationRight } from '@foyer/kafka';
import { isId, notFound, requireUser, type Identity } from '@foyer/platform';
import { changeUnderWay } from '../domain/refusals.js';
import { requireStaffAction } from '../domain/reservationStatus.js';
import { isUnderWay } from '../store/isUnderWay.js';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import type { ReservationRow } from '../store/reservationRow.js';
import type { Services } from './services.js';
import { FLOOR } from './staffRights.js';

/** What the floor does to a reservation. */
export interface FloorAction {
  readonly action: 'SEAT' | 'COMPLETE' | 'MISS';
  /** Where it stands when the action was done before: asked again, nothing happens. */
  readonly done: ReservationRow['status'];
  act(work: OrderWork, reservation: ReservationRow, userId: string): Promise<void>;
}

/**
 * Does something to a reservation for those who receive the restaurant's guests.
 * @returns its id.
 * @throws Refused for strangers, and when the reservation's state or the time forbids it.
 */
export async function workAsFloor(
  { store, configuration }: Services,
  identity: Identity,
  givenId: string,
  { action, done, act }: FloorAction,
): Promise<string> {
  const { userId } = requireUser(identity);
  const id = givenId.toLowerCase();
  if (!isId(id)) throw notFound('reservation', givenId);
  const found = await workOnOrder(store, id, async (work) => {
    const reservation = await work.reservation();
    if (!reservation) throw notFound('reservation', givenId);
    const { organizationId, restaurantId: listingId, status } = reservation;
    await requireOrganizationRight(work.sql, identity, { organizationId, listingId, roles: FLOOR });
    if (status === done) return true;
    requireStaffAction(reservation, action, work.now, configuration.seatEarlyMs);
    if (await isUnderWay(work.sql, id, 'CHANGE')) throw changeUnderWay(status);
    await act(work, reservation, userId);
    return true;
  });
  if (!found) throw notFound('reservation', givenId);
  return id;
}
