import type { SqlTransaction } from '@foyer/platform';

/** What is asked under a key. */
export interface KeyClaim {
  readonly personId: string;
  readonly operation: string;
  readonly key: string;
  readonly inputHash: string;
  readonly orderId: string;
  /** The saga that makes the answer; null when the answer is there with the commit. */
  readonly sagaId: string | null;
}

/**
 * Takes an idempotency key for the transaction's work. A call with the same key waits here for this one's commit.
 * @returns false when it is taken.
 */
export async function claimKey(sql: SqlTransaction, claim: KeyClaim): Promise<boolean> {
  const { personId, operation, key, inputHash, orderId, sagaId } = claim;
  const claimed = await sql.query(
    `insert into idempotency_key as k (person_id, operation, key, input_hash, order_id, saga_id, created_at)
     values ($1, $2, $3, $4, $5, $6, foyer_now())
     on conflict (person_id, operation, key) do update
       set input_hash = excluded.input_hash, order_id = excluded.order_id, saga_id = excluded.saga_id,
         refused = false, created_at = excluded.created_at
       where k.refused or k.created_at < foyer_now() - interval '24 hours'
     returning 1 as claimed`,
    [personId, operation, key, inputHash, orderId, sagaId],
  );
  return claimed.length > 0;
}
