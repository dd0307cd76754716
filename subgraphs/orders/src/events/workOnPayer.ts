import type { SqlTransaction } from '@foyer/platform';
import { workWithin, type OrderWork, type WorkStore } from '../store/orderWork.js';
import { orderOfPayment } from '../store/payments.js';

/** Works on the order that a payment was asked for. A payment that orders never asked for is none of ours. */
export async function workOnPayer(
  store: WorkStore,
  sql: SqlTransaction,
  paymentId: string,
  work: (order: OrderWork) => Promise<void>,
): Promise<void> {
  const orderId = await orderOfPayment(sql, paymentId);
  if (orderId !== null) await workWithin(store, sql, orderId, work);
}
