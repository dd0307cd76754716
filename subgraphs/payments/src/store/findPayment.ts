import type { Queryable } from '@foyer/kafka';
import { PAYMENT_COLUMNS, type PaymentAt } from './rows.js';

/** @returns null when there is no such payment. */
export async function findPayment(sql: Queryable, id: string): Promise<PaymentAt | null> {
  const [row] = await sql.query<PaymentAt>(
    `select ${PAYMENT_COLUMNS}, foyer_now() as now from payment where id = $1`,
    [id],
  );
  return row ?? null;
}

/**
 * The payment, locked until the transaction's end, and the time at which the lock was had. Lock order: payment, then
 * order account, then the outbox.
 * @returns null when there is no such payment.
 */
export async function lockPayment(sql: Queryable, id: string): Promise<PaymentAt | null> {
  const locked = await sql.query(`select id from payment where id = $1 for update`, [id]);
  return locked.length === 0 ? null : findPayment(sql, id);
}
