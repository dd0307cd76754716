import { createBackOff, createJob, type Clock, type Job, type Log, type Metrics } from '@foyer/platform';
import { isBought } from '../domain/orderStatus.js';
import { lockTickets } from '../store/lockTickets.js';
import type { OrderWork } from '../store/orderWork.js';
import type { Store } from '../store/openStore.js';
import { cancelOrder } from '../work/cancelOrder.js';
import { refundTickets } from '../work/refundTickets.js';
import { ORDERS_AT_ONCE, workOffOrders } from './workOffOrders.js';

// Used tickets keep their order; it is done when no other is left.
const OPEN = `
  select o.id from event_cancellation c join orders o using (event_id)
  where (o.status = 'PENDING' or (o.status in ('COMPLETED', 'PARTIALLY_REFUNDED')
      and exists (select from ticket t where t.order_id = o.id and t.state = 'VALID')))
    and o.id <> all ($1::uuid[])
  limit ${ORDERS_AT_ONCE}`;

const NOTE = 'The event was cancelled.';

/** Cancels an order whole; if somebody has been let in with one of its tickets, the others are refunded. */
async function closeOrder(work: OrderWork): Promise<void> {
  if (work.order.status !== 'PENDING' && !isBought(work.order.status)) return;
  const tickets = await lockTickets(work.sql, work.order.id);
  if (tickets.every(({ state }) => state !== 'REDEEMED')) {
    await cancelOrder(work, { reason: 'EVENT_CANCELLED', note: NOTE });
    return;
  }
  const unused = tickets.filter(({ state }) => state === 'VALID');
  if (unused.length > 0) await refundTickets(work, unused, NOTE);
}

/** Cancels the orders of cancelled events, one by one. Several processes may run it at once. */
export function createCancellationJob(options: {
  readonly store: Store;
  readonly everyMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}): Job {
  const { store, everyMs, clock, log, metrics } = options;
  const name = 'orders of cancelled events';
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
        find: (resting) => store.sql.query<{ id: string }>(OPEN, [resting]),
        work: closeOrder,
      }),
  });
}
