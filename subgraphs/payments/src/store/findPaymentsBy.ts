import type { Queryable } from '@foyer/kafka';
import { PAYMENT_COLUMNS, type PaymentAt } from './rows.js';

/** Payments of these ids or orders, newest first. */
export function findPaymentsBy(
  sql: Queryable,
  by: 'id' | 'order_id',
  ids: readonly string[],
): Promise<readonly PaymentAt[]> {
  return sql.query<PaymentAt>(
    `select ${PAYMENT_COLUMNS}, foyer_now() as now from payment where ${by} = any($1::uuid[]) order by created_at desc, id desc`,
    [ids],
  );
}
