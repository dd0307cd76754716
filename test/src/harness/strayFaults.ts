import type { Databases } from './quiet.js';

/** What stands open elsewhere only while its order does, once everything is quiet. */
export async function strayFaults({ orders, inventory, payments }: Databases): Promise<readonly string[]> {
  const [pending, stuck, held, open] = await Promise.all([
    orders.query<{ id: string }>(`select id from orders where status = 'PENDING'`),
    orders.query<{ id: string }>(
      `select id from orders o where status = 'PENDING' and coalesce(hold_expires_at, '-infinity') < foyer_now()
         and not exists (select from saga where order_id = o.id and state = 'RUNNING')`,
    ),
    // What the line of a restaurant offers is held for a party that has ordered nothing yet.
    inventory.query<{ id: string }>(
      `select order_id as id from hold h where state = 'HELD'
         and not exists (select from waitlist_entry where hold_order_id = h.order_id and state = 'OFFERED')`,
    ),
    payments.query<{ id: string; orderId: string }>(
      `select id, order_id as "orderId" from payment where status = 'PENDING'`,
    ),
  ]);
  const waiting = new Set(pending.map(({ id }) => id));
  return [
    ...stuck.map(({ id }) => `order ${id} is PENDING, holds nothing, and nobody is at work on it`),
    ...held
      .filter(({ id }) => !waiting.has(id))
      .map(({ id }) => `inventory holds units for order ${id}, which is not PENDING`),
    ...open
      .filter(({ orderId }) => !waiting.has(orderId))
      .map(
        ({ id, orderId }) => `payment ${id} of order ${orderId} can be paid, and the order is not PENDING`,
      ),
  ];
}
