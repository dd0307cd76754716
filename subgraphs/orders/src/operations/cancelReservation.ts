import { hasOrganizationRight } from '@foyer/kafka';
import { InputCheck, notPermitted, type Identity } from '@foyer/platform';
import { keptOfDeposit } from '../domain/cancellationPolicy.js';
import { notCancellable } from '../domain/refusals.js';
import { requireAction, requireStaffAction } from '../domain/reservationStatus.js';
import { cancelOrder } from '../work/cancelOrder.js';
import type { Services } from './services.js';
import { TREASURERS } from './staffRights.js';
import { workOnReservation, type ReservationReference, type ReservationWork } from './workOnReservation.js';

/** Which reservation, and why. */
export interface CancelReservationInput {
  readonly reservation: ReservationReference;
  readonly reason?: string | null | undefined;
}

/**
 * Cancels a reservation: its guest before it begins, with the deposit going back as the policy said when it was booked;
 * the restaurant at any time before the party is seated, with all of it going back. Cancelling again changes nothing.
 * @returns the reservation's id.
 * @throws Refused for what is not the caller's or can't be cancelled any more.
 */
export async function cancelReservation(
  services: Services,
  identity: Identity,
  input: CancelReservationInput,
): Promise<string> {
  const note = input.reason?.trim() ?? '';
  new InputCheck().optionalText(note, 'input.reason', 500).done();
  return workOnReservation(services, identity, input.reservation, async (found) => {
    if (found.reservation.status === 'CANCELLED') return;
    requireAction(found.reservation.status, 'CANCEL');
    await (found.isGuest
      ? cancelAsGuest(found, identity, note)
      : cancelAsStaff(services, found, identity, note));
  });
}

async function cancelAsGuest(
  { work, reservation }: ReservationWork,
  identity: Identity,
  note: string,
): Promise<void> {
  const { startsAt } = reservation;
  if (reservation.status !== 'PENDING' && work.now >= startsAt) {
    throw notCancellable('This reservation has begun. Ask the restaurant.', startsAt);
  }
  await cancelOrder(work, {
    reason: 'BY_BUYER',
    note: note || 'Cancelled by the guest.',
    keep: keptOfDeposit(work.order.total, reservation, work.now),
    ...actor(identity),
  });
}

async function cancelAsStaff(
  { configuration }: Services,
  { work, reservation }: ReservationWork,
  identity: Identity,
  note: string,
): Promise<void> {
  requireStaffAction(reservation, 'CANCEL', work.now, configuration.seatEarlyMs);
  const { organizationId, restaurantId: listingId } = reservation;
  const right = {
    organizationId,
    listingId,
    roles: TREASURERS,
    orPermission: 'order:refund-any',
  } as const;
  if (work.order.captured > 0 && !(await hasOrganizationRight(work.sql, identity, right))) {
    throw notPermitted(
      'A deposit goes back with it: this needs one of the roles OWNER, ADMIN in the organization.',
    );
  }
  await cancelOrder(work, {
    reason: 'BY_ORGANIZATION',
    note: note || 'Cancelled by the restaurant.',
    ...actor(identity),
  });
}

function actor(identity: Identity): { readonly actorId?: string } {
  return identity.kind === 'user' ? { actorId: identity.userId } : {};
}
