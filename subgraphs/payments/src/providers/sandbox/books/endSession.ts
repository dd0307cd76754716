import type { SqlTransaction } from '@foyer/platform';
import { enqueueWebhook } from './enqueueWebhook.js';
import { SESSION_COLUMNS, type SandboxSession } from './session.js';

/** How a session ends. */
export type SessionEnd =
  /** Paid on the page, in time. */
  | 'PAID'
  /** Paid whatever its state, as a bank transfer may arrive after the page has closed. */
  | 'PAID_LATE'
  /** Declined on the page, in time. */
  | 'DECLINED'
  /** Closed by the merchant. */
  | 'CLOSED'
  /** Its time is over. */
  | 'TIMED_OUT';

const IN_TIME = `status = 'OPEN' and expires_at > foyer_now()`;
const CONDITIONS: Readonly<Record<SessionEnd, string>> = {
  PAID: IN_TIME,
  PAID_LATE: `status <> 'PAID'`,
  DECLINED: IN_TIME,
  CLOSED: `status = 'OPEN'`,
  TIMED_OUT: `status = 'OPEN' and expires_at <= foyer_now()`,
};
const STATES = {
  PAID: 'PAID',
  PAID_LATE: 'PAID',
  DECLINED: 'DECLINED',
  CLOSED: 'CLOSED',
  TIMED_OUT: 'CLOSED',
} as const;

/** Ends one session, and puts the webhook that tells of it into the same transaction. @returns whether it did. */
export async function endSession(sql: SqlTransaction, id: string, end: SessionEnd): Promise<boolean> {
  const [session] = await sql.query<SandboxSession>(
    `update sandbox_session set status = $2, refundable = case when $2 = 'PAID' then amount else 0 end
     where id = $1 and ${CONDITIONS[end]} returning ${SESSION_COLUMNS}`,
    [id, STATES[end]],
  );
  if (!session) return false;
  const { reference, amount, currency } = session;
  const of = { reference, session: session.id, amount: Number(amount), currency };
  const status = STATES[end];
  if (status === 'DECLINED') {
    await enqueueWebhook(sql, {
      type: 'payment.declined',
      data: { ...of, reason: 'The payment was declined.' },
    });
  } else {
    await enqueueWebhook(sql, { type: status === 'PAID' ? 'payment.paid' : 'payment.closed', data: of });
  }
  return true;
}
