import { newId } from '@foyer/platform';
import type { LockedTicket } from '../store/lockTickets.js';
import type { OrderWork } from '../store/orderWork.js';
import { paymentsOf, settlingPayment } from '../store/payments.js';
import { requestRefund } from './requestRefund.js';

/**
 * Gives the exact money of single tickets back. Those that are good die, and their units go back on sale; one that was
 * used stays used.
 * @param tickets under their locks, none of them refunded or void.
 */
export async function refundTickets(
  work: OrderWork,
  tickets: readonly LockedTicket[],
  reason: string,
  requestedBy?: string,
): Promise<void> {
  const { order, sql } = work;
  const refundId = newId();
  const amount = tickets.reduce((sum, ticket) => sum + ticket.amount, 0);
  const quantities = new Map<string, number>();
  for (const { offerId, state } of tickets) {
    if (state === 'VALID') quantities.set(offerId, (quantities.get(offerId) ?? 0) + 1);
  }
  const payment = amount > 0 ? settlingPayment(await paymentsOf(sql, order.id)) : null;
  await sql.query(
    `update ticket set state = case state when 'VALID' then 'REFUNDED' else state end, refund_id = $2
     where id = any($1::uuid[])`,
    [tickets.map(({ id }) => id), refundId],
  );
  await requestRefund(work, {
    id: refundId,
    paymentId: payment?.paymentId ?? null,
    amount,
    purpose: 'TICKETS',
    reason,
    lines: [...quantities].map(([offerId, quantity]) => ({ offerId, quantity })),
    ...(requestedBy === undefined ? {} : { requestedBy }),
  });
}
