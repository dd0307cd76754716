import type { SqlTransaction } from '@foyer/platform';

/**
 * Takes the locks on entries in the order of their ids, in a statement of its own. Whoever writes several entries at once
 * does this first: presence is written without the queue's lock, and must not wait for us while we wait for it.
 */
export async function lockEntries(sql: SqlTransaction, ids: readonly string[]): Promise<void> {
  await sql.query('select from entry where id = any ($1::uuid[]) order by id for update', [ids]);
}
