import type { Queryable } from '@foyer/kafka';
import { ORDER_COLUMNS, type OrderRow } from './orderRow.js';

/** An order under its lock. */
export interface LockedOrder {
  readonly order: OrderRow;
  /** The database's time when the lock was asked for. */
  readonly now: Date;
}

/**
 * Locks an order until the end of the transaction, in a statement of its own: whatever decides about it is read later.
 * The first lock of every transaction that changes an order.
 * @returns null when there is no such order.
 */
export async function lockOrder(sql: Queryable, orderId: string): Promise<LockedOrder | null> {
  const [row] = await sql.query<OrderRow & { readonly now: Date }>(
    `select ${ORDER_COLUMNS}, foyer_now() as now from orders o where o.id = $1 for update`,
    [orderId],
  );
  if (!row) return null;
  const { now, ...order } = row;
  return { order, now };
}
