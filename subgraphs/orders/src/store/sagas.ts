import type { Queryable } from '@foyer/kafka';
import { SAGA_COLUMNS, type SagaRow } from './sagaRow.js';

/** Where and for how long a process has sagas in hand. */
export interface Lease {
  readonly holder: string;
  readonly milliseconds: number;
}

/**
 * Takes sagas that are due and that no living process has in hand. One taken over from a process that died counts as
 * another attempt, so that what kills processes ends with an operator.
 */
export function claimSagas(sql: Queryable, lease: Lease, limit: number): Promise<readonly SagaRow[]> {
  return sql.query<SagaRow>(
    `update saga s set lease_holder = $1, lease_until = clock_timestamp() + $2 * interval '1 millisecond',
       attempts = s.attempts + (s.lease_holder is not null)::int
     where s.id in (
       select id from saga
       where state = 'RUNNING' and next_attempt_at <= clock_timestamp()
         and (lease_until is null or lease_until < clock_timestamp())
       order by next_attempt_at limit $3
       for update skip locked
     )
     returning ${SAGA_COLUMNS}`,
    [lease.holder, lease.milliseconds, limit],
  );
}

/** Says that the process still lives. */
export async function renewLeases(sql: Queryable, lease: Lease, ids: readonly string[]): Promise<void> {
  await sql.query(
    `update saga set lease_until = clock_timestamp() + $2 * interval '1 millisecond'
     where id = any($3::uuid[]) and lease_holder = $1`,
    [lease.holder, lease.milliseconds, ids],
  );
}

/** Gives back whatever the process still has in hand. */
export async function returnLeases(sql: Queryable, holder: string): Promise<void> {
  await sql.query(`update saga set lease_holder = null, lease_until = null where lease_holder = $1`, [
    holder,
  ]);
}

/** Another process has taken the saga over. */
export class LeaseLost extends Error {
  override readonly name = 'LeaseLost';
}

/** Puts a saga off; it is in nobody's hand meanwhile. */
export async function putOffSaga(
  sql: Queryable,
  lease: Lease,
  saga: SagaRow,
  delayMs: number,
): Promise<void> {
  await sql.query(
    `update saga set attempts = $3, last_error = $4, updated_at = clock_timestamp(),
       next_attempt_at = clock_timestamp() + $5 * interval '1 millisecond', lease_holder = null, lease_until = null
     where id = $1 and lease_holder = $2 and state = 'RUNNING'`,
    [saga.id, lease.holder, saga.attempts, saga.lastError, delayMs],
  );
}

/** @returns null when there is none with this id. */
export async function findSaga(sql: Queryable, id: string): Promise<SagaRow | null> {
  const [row] = await sql.query<SagaRow>(`select ${SAGA_COLUMNS} from saga s where id = $1`, [id]);
  return row ?? null;
}
