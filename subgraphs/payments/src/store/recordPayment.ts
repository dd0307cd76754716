import { PaymentCreated, type Outbox } from '@foyer/kafka';
import type { PaymentInput } from '../domain/checkPaymentInput.js';
import { paymentRefused } from '../domain/refusals.js';
import type { PaymentsDatabase } from './database.js';
import { findPayment } from './findPayment.js';
import { lockPaymentId } from './lockPaymentId.js';
import { paymentEvent } from './paymentEvent.js';
import type { PaymentAt } from './rows.js';

/** How a payment's times follow from the hold's, and when it is looked after. */
export interface RecordOptions {
  readonly closeBeforeHoldSeconds: number;
  /** The provider's shortest. */
  readonly shortestExpirySeconds: number;
  /** How long whoever records it has for telling the provider, before a job does. */
  readonly leaseMs: number;
}

/**
 * Writes a payment down before its provider hears of it, together with `payment.created`. The same id again gives what
 * is there.
 * @throws Refused `PaymentRefused`: CANCELLED, DIFFERENT_PAYMENT, TOO_LATE.
 */
export function recordPayment(
  database: PaymentsDatabase,
  outbox: Outbox,
  input: PaymentInput,
  options: RecordOptions,
): Promise<PaymentAt> {
  return database.transaction(async (_, sql) => {
    await lockPaymentId(sql, input.paymentId);
    const present = await findPayment(sql, input.paymentId);
    if (present) return sameOrRefused(present, input);
    const cancelled = await sql.query(`select from payment_tombstone where payment_id = $1`, [
      input.paymentId,
    ]);
    if (cancelled.length > 0)
      throw paymentRefused('CANCELLED', 'This payment was cancelled before it was created.');

    const accounts = await sql.query(
      `with made as (
         insert into order_account (order_id, organization_id, currency) values ($1, $2, $3)
         on conflict (order_id) do update set currency = order_account.currency
         returning organization_id, currency
       )
       select from made where organization_id = $2 and currency = $3`,
      [input.orderId, input.organizationId, input.amount.currency],
    );
    if (accounts.length === 0) {
      throw paymentRefused(
        'DIFFERENT_PAYMENT',
        'The order has a payment to another organization or in another currency.',
      );
    }
    const inserted = await sql.query(
      `insert into payment (id, order_id, person_id, organization_id, provider, amount, currency, description,
         hold_expires_at, expires_at, provider_expires_at, created_at, changed_at, next_attention_at)
       select $1, $2, $3, $4, $5, $6, $7, $8, $9::timestamptz, closing.at,
         greatest(closing.at, time.now + make_interval(secs => $11)), time.now, time.now,
         time.now + make_interval(secs => $12)
       from (select foyer_now() as now) time,
         lateral (select $9::timestamptz - make_interval(secs => $10) as at) closing
       where closing.at > time.now
       returning id`,
      [
        input.paymentId,
        input.orderId,
        input.personId,
        input.organizationId,
        input.provider,
        input.amount.amount,
        input.amount.currency,
        input.description.trim(),
        input.holdExpiresAt,
        options.closeBeforeHoldSeconds,
        options.shortestExpirySeconds,
        options.leaseMs / 1000,
      ],
    );
    if (inserted.length === 0) {
      throw paymentRefused(
        'TOO_LATE',
        'The hold ends too soon for a payment: its pay page would be closed already.',
      );
    }
    const payment = (await findPayment(sql, input.paymentId)) as PaymentAt;
    await outbox.append(sql, PaymentCreated, {
      aggregateId: payment.id,
      data: { ...paymentEvent(payment), expiresAt: payment.expiresAt.toISOString() },
    });
    return payment;
  });
}

function sameOrRefused(present: PaymentAt, input: PaymentInput): PaymentAt {
  const same =
    present.orderId === input.orderId.toLowerCase() &&
    present.provider === input.provider &&
    present.amount === BigInt(input.amount.amount) &&
    present.currency === input.amount.currency;
  if (!same) throw paymentRefused('DIFFERENT_PAYMENT', 'This id belongs to a payment of something else.');
  return present;
}
