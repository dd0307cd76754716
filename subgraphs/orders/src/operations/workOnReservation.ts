import { hasOrganizationRight } from '@foyer/kafka';
import { invalidInput, isId, notFound, type Identity } from '@foyer/platform';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import type { ReservationRow } from '../store/reservationRow.js';
import { findByCode } from './findByCode.js';
import type { Services } from './services.js';
import { BOOKERS } from './staffRights.js';

/** Names a reservation: its id, for who is signed in; or its code and an email it was made with, for anybody. */
export interface ReservationReference {
  readonly id?: string | null | undefined;
  readonly code?: string | null | undefined;
  readonly email?: string | null | undefined;
}

/** A reservation under its lock, and who asks. */
export interface ReservationWork {
  readonly work: OrderWork;
  readonly reservation: ReservationRow;
  /** Whoever booked it, or has its code and email. */
  readonly isGuest: boolean;
  /** Somebody who books for the restaurant. */
  readonly isStaff: boolean;
}

/**
 * Works on a reservation under its order's lock, for its guest or the restaurant's staff.
 * @returns its id.
 * @throws Refused `NotFound` for what is not the caller's, `InvalidInput` for a reference that names nothing.
 */
export async function workOnReservation(
  services: Services,
  identity: Identity,
  reference: ReservationReference,
  work: (work: ReservationWork) => Promise<void>,
): Promise<string> {
  const byCode = await codeOf(services, identity, reference);
  const given = byCode?.id ?? reference.id ?? reference.code ?? '';
  const id = given.toLowerCase();
  if (!isId(id)) throw notFound('reservation', given);
  const done = await workOnOrder(services.store, id, async (order) => {
    const reservation = await order.reservation();
    if (!reservation) throw notFound('reservation', given);
    const { organizationId, restaurantId: listingId, userId } = reservation;
    const isStaff = await hasOrganizationRight(order.sql, identity, {
      organizationId,
      listingId,
      roles: BOOKERS,
      orPermission: 'order:refund-any',
    });
    const isGuest = byCode !== null || (identity.kind === 'user' && identity.userId === userId);
    if (!isGuest && !isStaff) throw notFound('reservation', given);
    await work({ work: order, reservation, isGuest, isStaff });
    return true;
  });
  if (!done) throw notFound('reservation', given);
  return id;
}

async function codeOf(
  services: Services,
  identity: Identity,
  { id, code, email }: ReservationReference,
): Promise<ReservationRow | null> {
  if (typeof id === 'string') return null;
  if (typeof code === 'string' && typeof email === 'string') {
    const found = await findByCode(services, identity, code, email);
    if (!found) throw notFound('reservation', code);
    return found;
  }
  const message = 'Give the reservation’s id, or its code and the email it was made with.';
  throw invalidInput([{ path: 'input.reservation', rule: 'REQUIRED', message }]);
}
