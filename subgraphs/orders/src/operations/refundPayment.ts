import { requireOrganizationRight } from '@foyer/kafka';
import {
  InputCheck,
  invalidInput,
  isId,
  newId,
  notFound,
  notInState,
  requireUser,
  type Identity,
} from '@foyer/platform';
import { hashInput } from '../domain/hashInput.js';
import { keyReused } from '../domain/refusals.js';
import { isBought } from '../domain/orderStatus.js';
import { mayReservation } from '../domain/reservationStatus.js';
import { claimKey } from '../store/claimKey.js';
import { findKey } from '../store/findKey.js';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import { paymentsOf, settlingPayment } from '../store/payments.js';
import { cancelOrder, refundRest } from '../work/cancelOrder.js';
import { requestRefund } from '../work/requestRefund.js';
import type { Services } from './services.js';

/** Money to give back. */
export interface RefundPaymentInput {
  readonly orderId: string;
  /** Absent: the whole order is cancelled. */
  readonly ticketIds?: readonly string[] | null | undefined;
  readonly reason: string;
  readonly idempotencyKey: string;
}

interface TicketToRefund {
  readonly id: string;
  readonly state: string;
  readonly offerId: string;
  readonly amount: number;
}

/**
 * Refunds single tickets of an order, or all that is left of it, for owners and admins of its organization and staff.
 * The tickets die at once, their units go back on sale, their exact amounts back to the payer.
 * @returns the order's id.
 * @throws Refused for tickets that are not the order's, used, or dead already.
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
      roles: ['OWNER', 'ADMIN'],
      orPermission: 'order:refund-any',
    } as const;
    await requireOrganizationRight(work.sql, identity, right);
    const claim = { personId: userId, operation: 'refundPayment', key, inputHash, orderId, sagaId: null };
    if (!(await claimKey(work.sql, claim))) return checkRepeated(work, userId, key, inputHash);
    if (!isBought(status)) throw notInState('Only a completed order can be refunded.', status);
    if (work.order.kind === 'TABLE') await refundDeposit(work, ticketIds, reason, userId);
    else if (ticketIds) await refundTickets(work, ticketIds, reason, userId);
    else await cancelOrder(work, { reason: 'BY_ORGANIZATION', note: reason, actorId: userId });
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

async function refundTickets(
  work: OrderWork,
  ids: readonly string[],
  reason: string,
  by: string,
): Promise<void> {
  const { order, sql } = work;
  const tickets = await sql.query<TicketToRefund>(
    `select id, state, offer_id as "offerId", amount::float8 as amount from ticket
     where order_id = $1 and id = any($2::uuid[]) order by id for update`,
    [order.id, ids],
  );
  const byId = new Map(tickets.map((ticket) => [ticket.id, ticket]));
  const wrong = ids.flatMap((id, index) => {
    const state = byId.get(id)?.state;
    if (state === 'VALID') return [];
    const message = state
      ? `This ticket is ${state.toLowerCase()} and can’t be refunded.`
      : 'This order has no such ticket.';
    return [{ path: `input.ticketIds.${index}`, rule: state ?? 'NOT_FOUND', message }];
  });
  if (wrong.length > 0) throw invalidInput(wrong);

  const refundId = newId();
  const amount = tickets.reduce((sum, ticket) => sum + ticket.amount, 0);
  const quantities = new Map<string, number>();
  for (const { offerId } of tickets) quantities.set(offerId, (quantities.get(offerId) ?? 0) + 1);
  const payment = amount > 0 ? settlingPayment(await paymentsOf(sql, order.id)) : null;
  await sql.query(`update ticket set state = 'REFUNDED', refund_id = $2 where id = any($1::uuid[])`, [
    ids,
    refundId,
  ]);
  await requestRefund(work, {
    id: refundId,
    paymentId: payment?.paymentId ?? null,
    amount,
    purpose: 'TICKETS',
    reason,
    lines: [...quantities].map(([offerId, quantity]) => ({ offerId, quantity })),
    requestedBy: by,
  });
}
