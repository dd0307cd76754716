import type { Queryable } from '@foyer/kafka';

/**
 * Keeps creating and cancelling of one payment apart until the transaction's end, also while the payment does not exist
 * and there is no row to lock.
 */
export async function lockPaymentId(sql: Queryable, paymentId: string): Promise<void> {
  await sql.query(`select pg_advisory_xact_lock(hashtextextended('payment ' || lower($1), 0))`, [paymentId]);
}
