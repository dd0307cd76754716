import { hasOrganizationRight, requireOrganizationRight } from '@foyer/kafka';
import {
  InputCheck,
  invalidInput,
  isId,
  notFound,
  notInState,
  notPermitted,
  requireUser,
  type Identity,
} from '@foyer/platform';
import { hashInput } from '../domain/hashInput.js';
import { keyReused } from '../domain/refusals.js';
import { isBought } from '../domain/orderStatus.js';
import { mayReservation } from '../domain/reservationStatus.js';
import { claimKey } from '../store/claimKey.js';
import { findKey } from '../store/findKey.js';
import { lockTickets, type LockedTicket } from '../store/lockTickets.js';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import { cancelOrder, refundRest } from '../work/cancelOrder.js';
import { refundTickets } from '../work/refundTickets.js';
import type { Services } from './services.js';
import { TREASURERS } from './staffRights.js';

/** Money to give back. */
export interface RefundPaymentInput {
  readonly orderId: string;
  /** Absent: the whole order is cancelled. */
  readonly ticketIds?: readonly string[] | null | undefined;
  readonly reason: string;
  readonly idempotencyKey: string;
}

/**
 * Refunds single tickets of an order, or all that is left of it, for owners and admins of its organization and staff.
 * The tickets die at once, their units go back on sale, their exact amounts back to the payer. A ticket that was used
 * is refunded out of goodwill, by owners and admins alone, and stays used: its unit is not for sale again.
 * @returns the order's id.
 * @throws Refused for tickets that are not the order's, or were refunded already.
 */
export async function refundPayment(
  { store }: Services,
  identity: Identity,
  input: RefundPaymentInput,
): Promise<string> {
  const { userId } = requireUser(identity);
  const key = input.idempotencyKey.trim();
  const reason = input.reason.trim();
  const check = new InputCheck().text(key, 'input.idempotencyKey', 100).text(reason, 'input.reason', 500);
  const ticketIds = input.ticketIds ? [...new Set(input.ticketIds.map((id) => id.toLowerCase()))] : null;
  if (ticketIds) {
    check.integer(ticketIds.length, 'input.ticketIds', 1, 1000);
    check.require(
      ticketIds.every(isId),
      'input.ticketIds',
      'NOT_AN_ID',
      'One of these is no id of a ticket.',
    );
  }
  check.done();
  const orderId = input.orderId.toLowerCase();
  if (!isId(orderId)) throw notFound('order', input.orderId);
  const inputHash = hashInput({ orderId, ticketIds, reason });

  const done = await workOnOrder(store, orderId, async (work) => {
    const { organizationId, eventId: listingId, status } = work.order;
    const right = {
      organizationId,
      listingId,
      roles: TREASURERS,
      orPermission: 'order:refund-any',
    } as const;
    await requireOrganizationRight(work.sql, identity, right);
    const claim = { personId: userId, operation: 'refundPayment', key, inputHash, orderId, sagaId: null };
    if (!(await claimKey(work.sql, claim))) return checkRepeated(work, userId, key, inputHash);
    if (!isBought(status)) throw notInState('Only a completed order can be refunded.', status);
    if (work.order.kind === 'TABLE') await refundDeposit(work, ticketIds, reason, userId);
    else await refundOrder(work, identity, ticketIds, reason, userId);
    return true;
  });
  if (!done) throw notFound('order', input.orderId);
  return orderId;
}

async function checkRepeated(
  { sql }: OrderWork,
  userId: string,
  key: string,
  inputHash: string,
): Promise<true> {
  const first = await findKey(sql, userId, 'refundPayment', key);
  if (first?.inputHash !== inputHash) throw keyReused();
  return true;
}

/** A deposit goes back whole: with the reservation, where that is still to come; else out of goodwill. */
async function refundDeposit(
  work: OrderWork,
  ticketIds: readonly string[] | null,
  reason: string,
  by: string,
): Promise<void> {
  const message = 'A reservation has no tickets. Leave them out to refund its deposit.';
  if (ticketIds) throw invalidInput([{ path: 'input.ticketIds', rule: 'NO_TICKETS', message }]);
  const reservation = await work.reservation();
  if (reservation && mayReservation(reservation.status, 'CANCEL')) {
    await cancelOrder(work, { reason: 'BY_ORGANIZATION', note: reason, actorId: by });
  } else {
    await refundRest(work, reason, by);
  }
}

/** Single tickets, or (null) all that is left of the order. */
async function refundOrder(
  work: OrderWork,
  identity: Identity,
  ids: readonly string[] | null,
  reason: string,
  by: string,
): Promise<void> {
  const tickets = await lockTickets(work.sql, work.order.id);
  if (!ids && tickets.every(({ state }) => state !== 'REDEEMED')) {
    await cancelOrder(work, { reason: 'BY_ORGANIZATION', note: reason, actorId: by });
    return;
  }
  const chosen = ids ? chosenTickets(tickets, ids) : tickets.filter(isRefundable);
  if (chosen.length === 0) throw notInState('Everything of this order has been refunded.', work.order.status);
  if (chosen.some(({ state }) => state === 'REDEEMED')) await requireGoodwill(work, identity);
  await refundTickets(work, chosen, reason, by);
}

function isRefundable({ state, refundId }: LockedTicket): boolean {
  return (state === 'VALID' || state === 'REDEEMED') && refundId === null;
}

/** @throws Refused `InvalidInput` when one is not the order's, or its money went back already. */
function chosenTickets(tickets: readonly LockedTicket[], ids: readonly string[]): readonly LockedTicket[] {
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const wrong = ids.flatMap((id, index) => {
    const ticket = byId.get(id);
    if (ticket && isRefundable(ticket)) return [];
    const rule = ticket ? (ticket.state === 'VOID' ? 'VOID' : 'REFUNDED') : 'NOT_FOUND';
    const message = ticket
      ? `This ticket is ${rule.toLowerCase()} and can’t be refunded.`
      : 'This order has no such ticket.';
    return [{ path: `input.ticketIds.${index}`, rule, message }];
  });
  if (wrong.length > 0) throw invalidInput(wrong);
  return tickets.filter(({ id }) => ids.includes(id));
}

/** Money for what was used is the organization's to give away, not the platform's staff's. */
async function requireGoodwill({ sql, order }: OrderWork, identity: Identity): Promise<void> {
  const { organizationId, eventId: listingId } = order;
  if (await hasOrganizationRight(sql, identity, { organizationId, listingId, roles: TREASURERS })) return;
  throw notPermitted(
    'A ticket has been used: giving its money back needs one of the roles OWNER, ADMIN in the organization.',
  );
}
