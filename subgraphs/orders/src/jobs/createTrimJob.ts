import { createJob, type Job, type Log } from '@foyer/platform';
import type { Store } from '../store/openStore.js';

const HOUR = 60 * 60 * 1000;

/** Removes idempotency keys and offers of lines that are over, and sagas that ended a month ago. */
export function createTrimJob(store: Store, log: Log): Job {
  return createJob({
    name: 'trim orders',
    everyMs: HOUR,
    log,
    async run() {
      await store.sql.query(
        `delete from idempotency_key where created_at < foyer_now() - interval '48 hours'`,
      );
      await store.sql.query(`delete from waitlist_offer where expires_at < foyer_now()`);
      await store.sql.query(
        `delete from saga where state in ('ENDED', 'UNDONE') and updated_at < clock_timestamp() - interval '30 days'`,
      );
    },
  });
}
