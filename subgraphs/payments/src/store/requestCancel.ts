import type { PaymentsDatabase } from './database.js';
import { findPayment } from './findPayment.js';
import { lockPaymentId } from './lockPaymentId.js';
import type { PaymentAt } from './rows.js';

/**
 * Notes that a payment shall be closed, before its provider is asked. One that does not exist yet leaves a tombstone.
 * @param leaseMs how long the caller has for asking the provider, before a job does.
 * @returns null for a tombstone.
 */
export function requestCancel(
  database: PaymentsDatabase,
  id: string,
  leaseMs: number,
): Promise<PaymentAt | null> {
  return database.transaction(async (_, sql) => {
    await lockPaymentId(sql, id);
    const noted = await sql.query(
      `update payment set cancel_requested_at = coalesce(cancel_requested_at, foyer_now()),
         next_attention_at = foyer_now() + make_interval(secs => $2)
       where id = $1 and status = 'PENDING' returning id`,
      [id, leaseMs / 1000],
    );
    const payment = await findPayment(sql, id);
    if (noted.length === 0 && payment === null) {
      await sql.query(
        `insert into payment_tombstone (payment_id, created_at) values ($1, foyer_now()) on conflict do nothing`,
        [id],
      );
    }
    return payment;
  });
}
