import { createJob, type Job, type Log } from '@foyer/platform';
import { isBought } from '../domain/orderStatus.js';
import { workOnOrder } from '../store/orderWork.js';
import type { Store } from '../store/openStore.js';
import { cancelOrder } from '../work/cancelOrder.js';

const BATCH = 100;

// A day is far longer than any order can be on its way from a process that had not heard of the cancellation.
const OPEN = `
  select o.id from event_cancellation c join orders o using (event_id)
  where c.at > foyer_now() - interval '1 day' and o.status in ('PENDING', 'COMPLETED', 'PARTIALLY_REFUNDED')
  limit ${BATCH}`;

/** Cancels the orders of cancelled events, one by one. Several processes may run it at once. */
export function createCancellationJob(options: {
  readonly store: Store;
  readonly everyMs: number;
  readonly log: Log;
}): Job {
  const { store, everyMs, log } = options;
  return createJob({
    name: 'orders of cancelled events',
    everyMs,
    log,
    async run() {
      let found: number;
      do {
        const open = await store.sql.query<{ id: string }>(OPEN);
        for (const { id } of open) {
          await workOnOrder(store, id, async (work) => {
            if (work.order.status !== 'PENDING' && !isBought(work.order.status)) return;
            await cancelOrder(work, { reason: 'EVENT_CANCELLED', note: 'The event was cancelled.' });
          });
        }
        found = open.length;
      } while (found === BATCH);
    },
  });
}
