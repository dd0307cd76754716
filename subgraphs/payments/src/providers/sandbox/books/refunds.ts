import type { Queryable } from '@foyer/kafka';
import { newId, type SqlTransaction } from '@foyer/platform';
import type { RefundObservation } from '../../../domain/observation.js';
import type { ProviderRefundRequest } from '../../paymentProvider.js';
import { enqueueWebhook } from './enqueueWebhook.js';

interface RefundRow {
  readonly id: string;
  readonly reference: string;
  readonly amount: bigint;
  readonly currency: string;
  readonly status: 'PENDING' | 'SUCCEEDED';
}

/**
 * Takes a refund, to be carried out after a while; the same reference again gives the one that is there. Refuses for
 * good what the session has no money for.
 */
export async function takeRefund(
  sql: SqlTransaction,
  { refundId, payment, amount }: ProviderRefundRequest,
  refundMs: number,
): Promise<RefundObservation> {
  // The session's lock comes first: the same refund sent twice at once waits here, and then finds the first.
  await sql.query(`select id from sandbox_session where reference = $1 for update`, [payment.paymentId]);
  const present = await readRefund(sql, refundId);
  if (present.state !== 'UNKNOWN') return present;
  const taken = await sql.query<{ id: string }>(
    `update sandbox_session set refundable = refundable - $2
     where reference = $1 and currency = $3 and refundable >= $2 returning id`,
    [payment.paymentId, amount.amount, amount.currency],
  );
  const [session] = taken;
  if (!session) return { state: 'FAILED', reason: 'The sandbox has not this much money of this payment.' };
  await sql.query(
    `insert into sandbox_refund (id, reference, session_id, amount, settles_at)
     values ($1, $2, $3, $4, foyer_now() + make_interval(secs => $5))`,
    [newId(), refundId, session.id, amount.amount, refundMs / 1000],
  );
  return await readRefund(sql, refundId);
}

/** How a refund is. */
export async function readRefund(sql: Queryable, reference: string): Promise<RefundObservation> {
  const [row] = await sql.query<RefundRow>(
    `select r.id, r.reference, r.amount, s.currency, r.status
     from sandbox_refund r join sandbox_session s on s.id = r.session_id where r.reference = $1`,
    [reference],
  );
  if (!row) return { state: 'UNKNOWN' };
  if (row.status === 'PENDING') return { state: 'PENDING', reference: row.id };
  return { state: 'SUCCEEDED', reference: row.id, amount: row.amount, currency: row.currency };
}

/** Carries out the refunds whose time has come. @returns how many. */
export async function settleRefunds(sql: SqlTransaction): Promise<number> {
  const rows = await sql.query<RefundRow>(
    `with due as (
       select id from sandbox_refund where status = 'PENDING' and settles_at <= foyer_now()
       order by settles_at limit 100 for update skip locked
     )
     update sandbox_refund r set status = 'SUCCEEDED' from due, sandbox_session s
     where r.id = due.id and s.id = r.session_id
     returning r.id, r.reference, r.amount, s.currency, r.status`,
  );
  for (const { id, reference, amount, currency } of rows) {
    await enqueueWebhook(sql, {
      type: 'refund.succeeded',
      data: { reference, refund: id, amount: Number(amount), currency },
    });
  }
  return rows.length;
}
