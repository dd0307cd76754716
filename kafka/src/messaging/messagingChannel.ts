import type { Pool } from 'pg';

/** Names the lease of a subgraph's messaging within its database. */
export const MESSAGING_LEASE = 'messaging';

/** Wakes the process that publishes and retries for a database, from one that is not part of it. */
export async function wakeMessaging(pool: Pool): Promise<void> {
  await pool.query("select pg_notify($1, '')", [`foyer_${MESSAGING_LEASE}`]);
}
