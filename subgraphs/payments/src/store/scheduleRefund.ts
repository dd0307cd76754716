import type { Queryable } from '@foyer/kafka';
import { backOff } from '../domain/backOff.js';
import type { Refund } from '../domain/payment.js';

/** Has a refund that is not settled asked for, or asked about, again: later at every attempt, at most hourly. */
export async function scheduleRefund(sql: Queryable, { id, attempts }: Refund): Promise<void> {
  await sql.query(
    `update refund set next_attempt_at = foyer_now() + make_interval(secs => $2) where id = $1 and status = 'REQUESTED'`,
    [id, backOff(attempts) / 1000],
  );
}
