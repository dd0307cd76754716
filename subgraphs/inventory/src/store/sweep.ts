import { settleAll } from '@foyer/platform';
import type { Pool } from 'pg';
import type { HoldStore } from './createHoldStore.js';

/**
 * Tidies every listing where a hold has run out, time has changed a state, or is over for somebody who waits. Nothing depends on it but how soon
 * others learn of it; several processes may do it at once.
 */
export async function sweep(pool: Pool, holds: Pick<HoldStore, 'tidy'>): Promise<void> {
  const { rows } = await pool.query<{ listing_id: string }>(
    `select distinct listing_id from hold where state = 'HELD' and expires_at <= (select foyer_now())
     union
     select distinct listing_id from offer where state_changes_at <= (select foyer_now())
     union
     select distinct listing_id from waitlist_entry
     where state = 'WAITING' and upper(span) <= (select foyer_now())`,
  );
  await settleAll(rows.map(({ listing_id }) => holds.tidy(listing_id)));
}
