import type { Queryable } from '@foyer/kafka';
import { inBatches } from '@foyer/platform';
import type { SagaKind } from '../domain/sagas.js';

/** Whether an order has a saga of a kind that is not over: it runs, or waits for an operator. */
export async function isUnderWay(sql: Queryable, orderId: string, kind: SagaKind): Promise<boolean> {
  return (await findKinds(sql, orderId))?.has(kind) ?? false;
}

/** By order: the kinds of its sagas that are not over. */
const findKinds = inBatches<Queryable, ReadonlySet<SagaKind>>(async (sql, orderIds) => {
  const rows = await sql.query<{ id: string; kinds: SagaKind[] }>(
    `select order_id as id, array_agg(kind) as kinds from saga
     where order_id = any($1::uuid[]) and state in ('RUNNING', 'PARKED') group by order_id`,
    [orderIds],
  );
  return new Map(rows.map(({ id, kinds }) => [id, new Set(kinds)]));
});
