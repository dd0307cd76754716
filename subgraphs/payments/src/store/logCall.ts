import type { Queryable } from '@foyer/kafka';
import { newId } from '@foyer/platform';
import { removeSecrets } from './removeSecrets.js';

/** A call to or from a provider. */
export interface CallStart {
  readonly provider: string;
  readonly direction: 'OUT' | 'IN';
  readonly operation: string;
  /** Ours; null when it is not known. */
  readonly paymentId: string | null;
  readonly request: unknown;
}

/** What came of a call. */
export type CallOutcome = 'OK' | 'REFUSED' | 'UNAVAILABLE' | 'UNKNOWN_PAYMENT' | 'INCIDENT';

/** Notes that a call has begun, before it has, so that one whose end a crash hid is seen. @returns its id. */
export async function logCallStart(sql: Queryable, call: CallStart): Promise<string> {
  const id = newId();
  await sql.query(
    `insert into provider_call (id, provider, direction, operation, payment_id, request, started_at)
     values ($1, $2, $3, $4, $5, $6, foyer_now())`,
    [
      id,
      call.provider,
      call.direction,
      call.operation,
      call.paymentId,
      JSON.stringify(removeSecrets(call.request)),
    ],
  );
  return id;
}

/** Notes how a call ended. */
export async function logCallEnd(
  sql: Queryable,
  id: string,
  outcome: CallOutcome,
  response: unknown,
): Promise<void> {
  await sql.query(
    `update provider_call set outcome = $2, response = $3, finished_at = foyer_now() where id = $1`,
    [id, outcome, JSON.stringify(removeSecrets(response))],
  );
}
