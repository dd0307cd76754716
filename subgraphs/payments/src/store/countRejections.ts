import type { Queryable } from '@foyer/kafka';
import type { WebhookFault } from '../providers/paymentProvider.js';

/** How many webhooks were turned away for a reason. */
export interface RejectionCount {
  readonly provider: string;
  readonly reason: WebhookFault;
  readonly count: number;
}

/** Adds to today's (UTC) counts. */
export async function countRejections(sql: Queryable, counts: readonly RejectionCount[]): Promise<void> {
  await sql.query(
    `insert into webhook_rejection as known (provider, reason, day, count)
     select provider, reason, (foyer_now() at time zone 'UTC')::date, count
     from jsonb_to_recordset($1::jsonb) as noted (provider text, reason text, count bigint)
     order by provider, reason
     on conflict (provider, reason, day) do update set count = known.count + excluded.count`,
    [JSON.stringify(counts)],
  );
}
