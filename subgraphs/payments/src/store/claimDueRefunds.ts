import type { Queryable } from '@foyer/kafka';
import type { Payment, Refund } from '../domain/payment.js';
import { PAYMENT_COLUMNS, REFUND_COLUMNS, type RefundWithPayment } from './rows.js';

/** Takes refunds that are due, longest due first; nobody else takes them for `leaseMs`. */
export async function claimDueRefunds(
  sql: Queryable,
  limit: number,
  leaseMs: number,
): Promise<RefundWithPayment[]> {
  const refunds = await sql.query<Refund>(
    `with due as (
       select id as due_id from refund where next_attempt_at <= foyer_now()
       order by next_attempt_at limit $1 for update skip locked
     )
     update refund set next_attempt_at = foyer_now() + make_interval(secs => $2), attempts = attempts + 1
     from due where id = due_id
     returning ${REFUND_COLUMNS}`,
    [limit, leaseMs / 1000],
  );
  const payments = await sql.query<Payment>(
    `select ${PAYMENT_COLUMNS} from payment where id = any($1::uuid[])`,
    [refunds.map(({ paymentId }) => paymentId)],
  );
  const byId = new Map(payments.map((payment) => [payment.id, payment]));
  return refunds.map((refund) => ({ refund, payment: byId.get(refund.paymentId) as Payment }));
}
