import { PaymentCompleted, PaymentExpired, PaymentFailed, type Outbox } from '@foyer/kafka';
import { invariant, type SqlTransaction } from '@foyer/platform';
import { decideObservation, type PaymentDecision } from '../domain/decideObservation.js';
import { captureMovement } from '../domain/ledgerEntries.js';
import type { PaymentObservation } from '../domain/observation.js';
import { paymentStatus, type PaymentStatus } from '../domain/paymentStatus.js';
import type { PaymentsDatabase } from './database.js';
import { findPayment, lockPayment } from './findPayment.js';
import { lockOrderAccount } from './lockOrderAccount.js';
import { paymentEvent } from './paymentEvent.js';
import { postMovement } from './postMovement.js';
import { recordIncident } from './recordIncident.js';
import type { PaymentAt } from './rows.js';

/** What a provider's word came to. */
export interface Applied {
  readonly payment: PaymentAt;
  readonly decision: PaymentDecision;
}

/** How a provider's word came to us. */
export interface Heard {
  readonly observation: PaymentObservation;
  /** Who says so. A provider's word on another's payment is none. */
  readonly provider: string;
  /** When the provider was asked, by the database's clock; null when it spoke by itself. */
  readonly askedAt: Date | null;
}

/**
 * Applies what a provider said of a payment: state, ledger and event in one transaction, under the payment's lock. The
 * same word again changes nothing.
 * @returns null when the provider has no such payment of ours.
 */
export function applyObservation(
  database: PaymentsDatabase,
  outbox: Outbox,
  id: string,
  { observation, provider, askedAt }: Heard,
): Promise<Applied | null> {
  return database.transaction(async (_, sql) => {
    const payment = await lockPayment(sql, id);
    if (payment?.provider !== provider) return null;
    const askedAfterHold = askedAt !== null && askedAt >= payment.holdExpiresAt;
    const decision = decideObservation(payment, observation, askedAfterHold);
    await carryOut(sql, outbox, payment, decision, observation);
    return { payment: (await findPayment(sql, id)) as PaymentAt, decision };
  });
}

async function carryOut(
  sql: SqlTransaction,
  outbox: Outbox,
  payment: PaymentAt,
  decision: PaymentDecision,
  observation: PaymentObservation,
): Promise<void> {
  const event = { aggregateId: payment.id, data: paymentEvent(payment) };
  switch (decision.kind) {
    case 'NOTHING':
      return;
    case 'COMPLETE': {
      await move(sql, payment, 'COMPLETED', null);
      const account = await lockOrderAccount(sql, payment.orderId);
      invariant(account, 'a payment has no order account');
      const of = { kind: 'CAPTURE', paymentId: payment.id, refundId: null } as const;
      await postMovement(sql, account, of, captureMovement(account, payment.amount), payment.provider);
      const data = { ...event.data, at: payment.now.toISOString() };
      await outbox.append(sql, PaymentCompleted, { ...event, data });
      return;
    }
    case 'FAIL': {
      await move(sql, payment, 'FAILED', decision.reason);
      await outbox.append(sql, PaymentFailed, { ...event, data: { ...event.data, reason: decision.reason } });
      return;
    }
    case 'EXPIRE':
      await move(sql, payment, 'EXPIRED', null);
      await outbox.append(sql, PaymentExpired, event);
      return;
    case 'CANCEL':
      await move(sql, payment, 'CANCELLED', null);
      return;
    case 'INCIDENT': {
      const { provider, providerReference, id } = payment;
      const reference = providerReference ?? id;
      await recordIncident(sql, {
        provider,
        kind: decision.incident,
        reference,
        paymentId: id,
        details: observation,
      });
    }
  }
}

async function move(
  sql: SqlTransaction,
  payment: PaymentAt,
  to: PaymentStatus,
  reason: string | null,
): Promise<void> {
  invariant(paymentStatus.allows(payment.status, to), `a payment can't go from ${payment.status} to ${to}`);
  await sql.query(
    `update payment set status = $2, failure_reason = $3, changed_at = $4, attempts = 0,
       captured = case when $2 = 'COMPLETED' then amount else 0 end,
       captured_at = case when $2 = 'COMPLETED' then $4::timestamptz end,
       next_attention_at = case when $2 = 'COMPLETED' then null else next_attention_at end
     where id = $1`,
    [payment.id, to, reason, payment.now],
  );
}
