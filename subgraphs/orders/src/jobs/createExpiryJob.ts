import { createBackOff, createJob, type Clock, type Job, type Log, type Metrics } from '@foyer/platform';
import type { Store } from '../store/openStore.js';
import { beginExpiry } from '../work/expireOrder.js';
import { ORDERS_AT_ONCE, workOffOrders } from './workOffOrders.js';

// Inventory's own word usually comes first; this is for when events lag.
const DUE = `
  select o.id from orders o
  where o.status = 'PENDING' and o.hold_expires_at <= foyer_now() - $1 * interval '1 millisecond'
    and not exists (select from order_payment p where p.order_id = o.id and p.settles)
    and not exists (select from saga s where s.order_id = o.id and s.state in ('RUNNING', 'PARKED')
                    and s.kind in ('EXPIRE', 'PLACE'))
    and o.id <> all ($2::uuid[])
  order by o.hold_expires_at limit ${ORDERS_AT_ONCE}`;

/** Finds unpaid orders whose hold is over, and begins their end. Several processes may run it at once. */
export function createExpiryJob(options: {
  readonly store: Store;
  readonly everyMs: number;
  /** How long after its hold's end an order is waited for, in milliseconds. */
  readonly graceMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}): Job {
  const { store, everyMs, graceMs, clock, log, metrics } = options;
  const name = 'order expiry';
  const items = createBackOff({ job: name, clock, log, metrics });
  return createJob({
    name,
    everyMs,
    log,
    items,
    run: () =>
      workOffOrders({
        store,
        items,
        find: (resting) => store.sql.query<{ id: string }>(DUE, [graceMs, resting]),
        work: beginExpiry,
      }),
  });
}
