import { PaymentRefunded, PaymentRefundFailed, type Outbox } from '@foyer/kafka';
import { invariant, type SqlTransaction } from '@foyer/platform';
import { decideRefund, type RefundDecision } from '../domain/decideRefund.js';
import { refundMovement } from '../domain/ledgerEntries.js';
import type { RefundObservation } from '../domain/observation.js';
import type { Payment, Refund } from '../domain/payment.js';
import { paymentStatus, statusAfterRefund } from '../domain/paymentStatus.js';
import type { PaymentsDatabase } from './database.js';
import { lockPayment } from './findPayment.js';
import { findRefund } from './findRefund.js';
import { lockOrderAccount } from './lockOrderAccount.js';
import { paymentEvent } from './paymentEvent.js';
import { postMovement } from './postMovement.js';
import { recordIncident } from './recordIncident.js';

/**
 * Applies what a provider said of a refund: state, ledger and event in one transaction, under the payment's lock. The
 * same word again changes nothing.
 * @param provider who says so: a provider's word on another's refund is none.
 * @returns null when the provider has no such refund of ours.
 */
export async function applyRefund(
  database: PaymentsDatabase,
  outbox: Outbox,
  id: string,
  { observation, provider }: { readonly observation: RefundObservation; readonly provider: string },
): Promise<RefundDecision | null> {
  return await database.transaction(async (_, sql) => {
    const found = await findRefund(sql, id);
    if (found?.payment.provider !== provider) return null;
    const payment = await lockPayment(sql, found.refund.paymentId);
    invariant(payment, 'a refund has no payment');
    // Read again: it may have been settled while the lock was waited for.
    const { refund } = (await findRefund(sql, id)) as typeof found;
    const decision = decideRefund(refund, payment.currency, observation);
    if ('reference' in observation) {
      await sql.query(
        `update refund set provider_reference = coalesce(provider_reference, $2) where id = $1`,
        [id, observation.reference],
      );
    }
    if (decision.kind === 'SUCCEED') await succeed(sql, outbox, payment, refund);
    if (decision.kind === 'FAIL') await fail(sql, outbox, payment, refund, decision.reason);
    if (decision.kind === 'INCIDENT') {
      await recordIncident(sql, {
        provider: payment.provider,
        kind: decision.incident,
        reference: id,
        paymentId: payment.id,
        details: observation,
      });
    }
    return decision;
  });
}

async function succeed(sql: SqlTransaction, outbox: Outbox, payment: Payment, refund: Refund): Promise<void> {
  const status = statusAfterRefund(payment.captured, payment.refunded + refund.amount);
  const allowed = status === payment.status || paymentStatus.allows(payment.status, status);
  invariant(allowed, `a payment can't go from ${payment.status} to ${status}`);
  await sql.query(
    `update refund set status = 'SUCCEEDED', settled_at = foyer_now(), next_attempt_at = null where id = $1`,
    [refund.id],
  );
  await sql.query(
    `update payment set refunding = refunding - $2, refunded = refunded + $2, status = $3, changed_at = foyer_now()
     where id = $1`,
    [payment.id, refund.amount, status],
  );
  const account = await lockOrderAccount(sql, payment.orderId);
  invariant(account, 'a payment has no order account');
  const of = { kind: 'REFUND', paymentId: payment.id, refundId: refund.id } as const;
  await postMovement(sql, account, of, refundMovement(account, refund.amount), null);
  await outbox.append(sql, PaymentRefunded, {
    aggregateId: payment.id,
    data: {
      ...paymentEvent(payment),
      refundId: refund.id,
      refunded: { amount: Number(refund.amount), currency: payment.currency },
      reason: refund.reason,
    },
  });
}

async function fail(
  sql: SqlTransaction,
  outbox: Outbox,
  payment: Payment,
  refund: Refund,
  reason: string,
): Promise<void> {
  await sql.query(
    `update refund set status = 'FAILED', failure_reason = $2, settled_at = foyer_now(), next_attempt_at = null
     where id = $1`,
    [refund.id, reason],
  );
  await sql.query(`update payment set refunding = refunding - $2 where id = $1`, [payment.id, refund.amount]);
  await outbox.append(sql, PaymentRefundFailed, {
    aggregateId: payment.id,
    data: { ...paymentEvent(payment), refundId: refund.id, reason },
  });
}
