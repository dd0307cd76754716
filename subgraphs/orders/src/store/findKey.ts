import type { Queryable } from '@foyer/kafka';

/** What was asked under an idempotency key. */
export interface KeyRow {
  readonly inputHash: string;
  readonly orderId: string;
  readonly sagaId: string | null;
}

/** @returns null when the key is free, or older than 24 hours. */
export async function findKey(
  sql: Queryable,
  personId: string,
  operation: string,
  key: string,
): Promise<KeyRow | null> {
  const [row] = await sql.query<KeyRow>(
    `select input_hash as "inputHash", order_id as "orderId", saga_id as "sagaId" from idempotency_key
     where person_id = $1 and operation = $2 and key = $3 and created_at >= foyer_now() - interval '24 hours'`,
    [personId, operation, key],
  );
  return row ?? null;
}
