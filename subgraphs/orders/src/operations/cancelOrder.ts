import { findEventCopy, hasOrganizationRight } from '@foyer/kafka';
import { isId, notFound, notInState, requireUser, type Identity } from '@foyer/platform';
import { isBought } from '../domain/orderStatus.js';
import { notCancellable } from '../domain/refusals.js';
import { lockTickets } from '../store/lockTickets.js';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import { paymentsOf, settlingPayment } from '../store/payments.js';
import { cancelOrder as cancelWithin } from '../work/cancelOrder.js';
import type { Services } from './services.js';

/**
 * Cancels an order: by its buyer before it is paid, and afterwards as the event's policy says; by its organization's
 * owners and admins and by staff at any time. Never once one of its tickets has been used. Cancelling again changes
 * nothing.
 * @returns the order's id.
 * @throws Refused for an order that is not the caller's, is over, or can't be cancelled any more.
 */
export async function cancelOrder(
  { store }: Services,
  identity: Identity,
  input: { readonly orderId: string; readonly reason?: string | null | undefined },
): Promise<string> {
  const { userId } = requireUser(identity);
  if (!isId(input.orderId)) throw notFound('order', input.orderId);
  const done = await workOnOrder(store, input.orderId, async (work) => {
    const { organizationId, eventId, buyerId } = work.order;
    const mine = buyerId === userId;
    const right = {
      organizationId,
      listingId: eventId,
      roles: ['OWNER', 'ADMIN'],
      orPermission: 'order:refund-any',
    } as const;
    const organizes = await hasOrganizationRight(work.sql, identity, right);
    if (!mine && !organizes) throw notFound('order', input.orderId);
    if (work.order.kind === 'TABLE') {
      throw notCancellable(
        'This order is for a table. Cancel its reservation, with cancelReservation.',
        null,
      );
    }
    if (work.order.status === 'CANCELLED') return true;
    if (work.order.status !== 'PENDING' && !isBought(work.order.status)) {
      throw notInState('This order is over already.', work.order.status);
    }
    // Locked before it is looked at: whoever is let in at this moment comes before or after.
    const tickets = await lockTickets(work.sql, work.order.id);
    if (tickets.some(({ state }) => state === 'REDEEMED')) {
      throw notCancellable(
        'One of the tickets has been used at the door. What is left is refunded by the organizer, ticket by ticket.',
        null,
      );
    }
    const refusal = mine ? await policyRefusal(work) : null;
    if (refusal && !organizes) throw refusal;
    const byBuyer = mine && !refusal;
    await cancelWithin(work, {
      reason: byBuyer ? 'BY_BUYER' : 'BY_ORGANIZATION',
      note:
        input.reason?.trim().slice(0, 500) ||
        (byBuyer ? 'Cancelled by the buyer.' : 'Cancelled by the organizer.'),
      actorId: userId,
    });
    return true;
  });
  if (!done) throw notFound('order', input.orderId);
  return input.orderId.toLowerCase();
}

/** Why its buyer can't cancel an order; null when they can. */
async function policyRefusal({ order, sql, now }: OrderWork): Promise<Error | null> {
  const paid = settlingPayment(await paymentsOf(sql, order.id)) !== null || isBought(order.status);
  if (!paid) return null;
  const event = await findEventCopy(sql, order.eventId);
  const until = event?.configuration?.cancellableUntil ?? null;
  if (until === null)
    return notCancellable('This event’s tickets can’t be cancelled. Pass them on to somebody else.', null);
  if (now >= new Date(until)) return notCancellable('The time to cancel is over.', new Date(until));
  return null;
}
