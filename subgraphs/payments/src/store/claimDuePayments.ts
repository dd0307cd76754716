import type { Queryable } from '@foyer/kafka';
import { PAYMENT_COLUMNS, type PaymentAt } from './rows.js';

/**
 * Takes payments that need looking after, longest due first; nobody else takes them for `leaseMs`. A process that dies
 * with them in hand leaves them to the next one.
 */
export function claimDuePayments(sql: Queryable, limit: number, leaseMs: number): Promise<PaymentAt[]> {
  return sql.query<PaymentAt>(
    `with due as (
       select id as due_id from payment where next_attention_at <= foyer_now()
       order by next_attention_at limit $1 for update skip locked
     )
     update payment set next_attention_at = foyer_now() + make_interval(secs => $2)
     from due where id = due_id
     returning ${PAYMENT_COLUMNS}, foyer_now() as now`,
    [limit, leaseMs / 1000],
  );
}
