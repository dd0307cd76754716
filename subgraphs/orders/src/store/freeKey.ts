import type { Queryable } from '@foyer/kafka';

/** Frees the idempotency key of what was refused; those who wait for its answer still find it. */
export async function freeKey(
  sql: Queryable,
  asked: { readonly personId: string; readonly operation: string; readonly key: string },
): Promise<void> {
  await sql.query(
    `update idempotency_key set refused = true where person_id = $1 and operation = $2 and key = $3`,
    [asked.personId, asked.operation, asked.key],
  );
}
