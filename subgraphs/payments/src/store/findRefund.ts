import type { Queryable } from '@foyer/kafka';
import type { Payment, Refund } from '../domain/payment.js';
import { findPayment } from './findPayment.js';
import { REFUND_COLUMNS, type RefundWithPayment } from './rows.js';

/** @returns null when there is no such refund. */
export async function findRefund(sql: Queryable, id: string): Promise<RefundWithPayment | null> {
  const [refund] = await sql.query<Refund>(`select ${REFUND_COLUMNS} from refund where id = $1`, [id]);
  if (!refund) return null;
  return { refund, payment: (await findPayment(sql, refund.paymentId)) as Payment };
}
