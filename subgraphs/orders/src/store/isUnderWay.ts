import type { Queryable } from '@foyer/kafka';
import type { SagaKind } from '../domain/sagas.js';

/** Whether an order has a saga of a kind that is not over: it runs, or waits for an operator. */
export async function isUnderWay(sql: Queryable, orderId: string, kind: SagaKind): Promise<boolean> {
  const rows = await sql.query(
    `select 1 as found from saga where order_id = $1 and kind = $2 and state in ('RUNNING', 'PARKED')`,
    [orderId, kind],
  );
  return rows.length > 0;
}
