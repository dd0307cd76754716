import type { Queryable } from '@foyer/kafka';
import { ORDER_COLUMNS, type OrderRow } from './orderRow.js';

/** @returns null when there is no order with this id. */
export async function findOrder(sql: Queryable, id: string): Promise<OrderRow | null> {
  const [row] = await sql.query<OrderRow>(`select ${ORDER_COLUMNS} from orders o where o.id = $1`, [id]);
  return row ?? null;
}
