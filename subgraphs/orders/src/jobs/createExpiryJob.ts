import { createJob, type Job, type Log } from '@foyer/platform';
import { workOnOrder } from '../store/orderWork.js';
import type { Store } from '../store/openStore.js';
import { beginExpiry } from '../work/expireOrder.js';

const BATCH = 100;

// Inventory's own word usually comes first; this is for when events lag.
const DUE = `
  select o.id from orders o
  where o.status = 'PENDING' and o.hold_expires_at <= foyer_now() - $1 * interval '1 millisecond'
    and not exists (select from order_payment p where p.order_id = o.id and p.settles)
    and not exists (select from saga s where s.order_id = o.id and s.state in ('RUNNING', 'PARKED')
                    and s.kind in ('EXPIRE', 'PLACE'))
  order by o.hold_expires_at limit ${BATCH}`;

/** Finds unpaid orders whose hold is over, and begins their end. Several processes may run it at once. */
export function createExpiryJob(options: {
  readonly store: Store;
  readonly everyMs: number;
  /** How long after its hold's end an order is waited for, in milliseconds. */
  readonly graceMs: number;
  readonly log: Log;
}): Job {
  const { store, everyMs, graceMs, log } = options;
  return createJob({
    name: 'order expiry',
    everyMs,
    log,
    async run() {
      let found: number;
      do {
        const due = await store.sql.query<{ id: string }>(DUE, [graceMs]);
        for (const { id } of due) await workOnOrder(store, id, beginExpiry);
        found = due.length;
      } while (found === BATCH);
    },
  });
}
