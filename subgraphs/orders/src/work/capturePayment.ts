import { takesLateMoney } from '../domain/orderStatus.js';
import type { OrderWork } from '../store/orderWork.js';
import { openPayment, paymentsOf, settlingPayment } from '../store/payments.js';
import { requestRefund } from './requestRefund.js';

/**
 * A payment's money has come. It buys the order while that may still be bought and no other money has; else it goes
 * back: it came for an order that somebody cancelled, or a second time. Told again, nothing happens.
 */
export async function capturePayment(work: OrderWork, paymentId: string): Promise<void> {
  const { order, sql } = work;
  const payments = await paymentsOf(sql, order.id);
  const payment = payments.find((each) => each.paymentId === paymentId);
  if (!payment || payment.state === 'CAPTURED') return;
  const late = takesLateMoney(order.status, order.reason) && !(await isPast(work));
  const wanted = order.status === 'PENDING' || late;
  const buys = wanted && settlingPayment(payments) === null;
  await sql.query(
    `update order_payment set state = 'CAPTURED', made = true, settles = $2 where payment_id = $1`,
    [paymentId, buys],
  );
  work.change({ kind: 'PAID', patch: { captured: order.captured + payment.amount } });
  if (buys) {
    const other = openPayment(payments.filter((each) => each !== payment));
    work.begin({ kind: 'COMPLETE', step: 'CONFIRM', data: { closing: other?.paymentId ?? null } });
    return;
  }
  const reason =
    wanted || order.status === 'COMPLETED' ? 'The order was already paid.' : 'The order was already over.';
  await requestRefund(work, { paymentId, amount: payment.amount, purpose: 'SURPLUS', reason, lines: [] });
}

/** Whether late money could only buy a table at a time that is over. */
async function isPast(work: OrderWork): Promise<boolean> {
  const reservation = await work.reservation();
  return reservation !== null && reservation.startsAt <= work.now;
}
