import type { PaymentsDatabase } from './database.js';
import type { RefundInput } from '../domain/checkRefundInput.js';
import type { Payment, Refund } from '../domain/payment.js';
import { refundRefused } from '../domain/refusals.js';
import { findRefund } from './findRefund.js';
import { lockPayment } from './findPayment.js';

/**
 * Writes a refund down, to be carried out by a job: under the payment's lock, so that refunds together never exceed what
 * was captured. The same id again gives what is there.
 * @param onRecorded called after the commit of a new one.
 * @throws Refused `RefundRefused`.
 */
export function recordRefund(
  database: PaymentsDatabase,
  input: RefundInput,
  onRecorded: () => void,
): Promise<{ readonly refund: Refund; readonly payment: Payment }> {
  return database.transaction(async (_, sql) => {
    const payment = await lockPayment(sql, input.paymentId);
    if (!payment) throw refundRefused('UNKNOWN_PAYMENT', 'There is no payment with this id.');
    const present = await findRefund(sql, input.refundId);
    if (present) return { refund: sameOrRefused(present.refund, payment, input), payment };

    const amount = BigInt(input.amount.amount);
    const { currency, captured, refunding, refunded } = payment;
    if (input.amount.currency !== currency) {
      throw refundRefused('WRONG_CURRENCY', `The payment was made in ${currency}: give back ${currency}.`);
    }
    if (captured === 0n)
      throw refundRefused('NOT_CAPTURED', 'The payment has no money: nothing can be given back.');
    const refundable = captured - refunding - refunded;
    if (amount > refundable) {
      const left = { amount: Number(refundable), currency };
      throw refundRefused(
        'MORE_THAN_CAPTURED',
        `Of this payment ${refundable} minor units are left to give back.`,
        left,
      );
    }
    await sql.query(
      `insert into refund (id, payment_id, amount, reason, requested_at, next_attempt_at)
       values ($1, $2, $3, $4, $5, $5)`,
      [input.refundId, payment.id, amount, input.reason.trim(), payment.now],
    );
    await sql.query(`update payment set refunding = refunding + $2 where id = $1`, [payment.id, amount]);
    sql.afterCommit(onRecorded);
    const recorded = await findRefund(sql, input.refundId);
    return recorded as NonNullable<typeof recorded>;
  });
}

function sameOrRefused(present: Refund, payment: Payment, { amount }: RefundInput): Refund {
  const same =
    present.paymentId === payment.id &&
    present.amount === BigInt(amount.amount) &&
    payment.currency === amount.currency;
  if (!same) throw refundRefused('DIFFERENT_REFUND', 'This id belongs to a refund of something else.');
  return present;
}
