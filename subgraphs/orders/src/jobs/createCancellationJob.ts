import { createJob, type Job, type Log } from '@foyer/platform';
import { isBought } from '../domain/orderStatus.js';
import { lockTickets } from '../store/lockTickets.js';
import { workOnOrder, type OrderWork } from '../store/orderWork.js';
import type { Store } from '../store/openStore.js';
import { cancelOrder } from '../work/cancelOrder.js';
import { refundTickets } from '../work/refundTickets.js';

const BATCH = 100;

// Used tickets keep their order; it is done when no other is left.
const OPEN = `
  select o.id from event_cancellation c join orders o using (event_id)
  where o.status = 'PENDING' or (o.status in ('COMPLETED', 'PARTIALLY_REFUNDED')
    and exists (select from ticket t where t.order_id = o.id and t.state = 'VALID'))
  limit ${BATCH}`;

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
          await workOnOrder(store, id, closeOrder);
        }
        found = open.length;
      } while (found === BATCH);
    },
  });
}
