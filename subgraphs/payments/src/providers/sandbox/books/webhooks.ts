import type { Queryable } from '@foyer/kafka';
import { backOff } from '../../../domain/backOff.js';

/** A webhook to be delivered. */
export interface DueWebhook {
  readonly id: string;
  readonly body: string;
  /** This attempt included. */
  readonly attempts: number;
}

/** Takes webhooks that are due; nobody else takes them for `leaseMs`. */
export function claimWebhooks(sql: Queryable, limit: number, leaseMs: number): Promise<DueWebhook[]> {
  return sql.query<DueWebhook>(
    `with due as (
       select id from sandbox_webhook where next_attempt_at <= foyer_now()
       order by next_attempt_at limit $1 for update skip locked
     )
     update sandbox_webhook w
     set attempts = w.attempts + 1, next_attempt_at = foyer_now() + make_interval(secs => $2)
     from due where w.id = due.id
     returning w.id, w.body, w.attempts`,
    [limit, leaseMs / 1000],
  );
}

/** Notes that a webhook was acknowledged. */
export async function markDelivered(sql: Queryable, { id }: DueWebhook): Promise<void> {
  await sql.query(
    `update sandbox_webhook set delivered_at = foyer_now(), next_attempt_at = null, last_error = null where id = $1`,
    [id],
  );
}

/** Notes that a webhook was not acknowledged: it comes again, later at every attempt, at most every five minutes apart. */
export async function markUndelivered(
  sql: Queryable,
  { id, attempts }: DueWebhook,
  error: string,
): Promise<void> {
  await sql.query(
    `update sandbox_webhook set last_error = $2, next_attempt_at = foyer_now() + make_interval(secs => $3)
     where id = $1 and delivered_at is null`,
    [id, error.slice(0, 500), backOff(attempts, 500, 5 * 60_000) / 1000],
  );
}
