import type { Queryable } from '@foyer/kafka';
import type { TicketState } from './tickets.js';

/** A ticket under its lock. */
export interface LockedTicket {
  readonly id: string;
  readonly state: TicketState;
  readonly offerId: string;
  /** Minor units of the order's currency. */
  readonly amount: number;
  /** The refund that gave its money back; null: none. */
  readonly refundId: string | null;
}

/**
 * Locks an order's tickets until the end of the transaction: nobody is let in with one of them while it is decided what
 * becomes of them. After the order's own lock.
 */
export function lockTickets(sql: Queryable, orderId: string): Promise<LockedTicket[]> {
  return sql.query<LockedTicket>(
    `select id, state, offer_id as "offerId", amount::float8 as amount, refund_id as "refundId" from ticket
     where order_id = $1 order by id for update`,
    [orderId],
  );
}
