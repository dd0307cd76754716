import type { Queryable } from '@foyer/kafka';

/**
 * Locks every offer of these listings until the transaction ends: offers in order of their ids, then the listings in
 * order of theirs. Whoever changes a counter, or what decides about one, holds these locks, and takes them before any
 * lock on a hold. Nothing is read here: a statement that waits for a lock may see what was before it; later
 * statements see all that happened before the lock was granted.
 */
export async function lockOffers(sql: Queryable, listingIds: readonly string[]): Promise<void> {
  await sql.query('select from offer where listing_id = any($1::uuid[]) order by id for update', [
    listingIds,
  ]);
  await sql.query('select from listing where id = any($1::uuid[]) order by id for update', [listingIds]);
}
