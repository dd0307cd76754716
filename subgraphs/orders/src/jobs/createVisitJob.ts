import { createBackOff, createJob, type Clock, type Job, type Log, type Metrics } from '@foyer/platform';
import { mayReservation } from '../domain/reservationStatus.js';
import { isUnderWay } from '../store/isUnderWay.js';
import type { Store } from '../store/openStore.js';
import { endVisit } from '../work/endVisit.js';
import { ORDERS_AT_ONCE, workOffOrders } from './workOffOrders.js';

// A change that is under way may move the reservation to another time: it is looked at again when that is answered.
const MISSED = `
  select r.id from reservation r
  where r.status = 'CONFIRMED' and r.starts_at <= foyer_now() - $1 * interval '1 millisecond'
    and not exists (select from saga s where s.order_id = r.id and s.kind = 'CHANGE' and s.state in ('RUNNING', 'PARKED'))
    and r.id <> all ($2::uuid[])
  order by r.starts_at limit ${ORDERS_AT_ONCE}`;

const DINED = `
  select r.id from reservation r
  where r.status = 'SEATED' and r.ends_at <= foyer_now() - $1 * interval '1 millisecond'
    and not exists (select from saga s where s.order_id = r.id and s.kind = 'CHANGE' and s.state in ('RUNNING', 'PARKED'))
    and r.id <> all ($2::uuid[])
  order by r.ends_at limit ${ORDERS_AT_ONCE}`;

/**
 * Ends visits by the clock: parties that did not come, and those that were seated and must have left. Whoever is seated
 * at this very moment stays: each is judged again under its lock. Several processes may run it at once.
 */
export function createVisitJob(options: {
  readonly store: Store;
  readonly everyMs: number;
  /** How long after its beginning a party that has not come is a no-show, in milliseconds. */
  readonly noShowGraceMs: number;
  /** How long after its end a party that was seated has dined, in milliseconds. */
  readonly dinedAfterMs: number;
  readonly clock: Clock;
  readonly log: Log;
  readonly metrics: Metrics;
}): Job {
  const { store, everyMs, noShowGraceMs, dinedAfterMs, clock, log, metrics } = options;
  const name = 'visits that are over';
  const items = createBackOff({ job: name, clock, log, metrics });
  const end = (query: string, action: 'MISS' | 'COMPLETE', afterMs: number): Promise<void> =>
    workOffOrders({
      store,
      items,
      find: (resting) => store.sql.query<{ id: string }>(query, [afterMs, resting]),
      async work(work) {
        const reservation = await work.reservation();
        if (!reservation || !mayReservation(reservation.status, action)) return;
        const since = action === 'MISS' ? reservation.startsAt : reservation.endsAt;
        if (work.now.getTime() < since.getTime() + afterMs) return;
        if (await isUnderWay(work.sql, reservation.id, 'CHANGE')) return;
        await endVisit(work, action);
      },
    });
  return createJob({
    name,
    everyMs,
    log,
    items,
    async run() {
      await end(MISSED, 'MISS', noShowGraceMs);
      await end(DINED, 'COMPLETE', dinedAfterMs);
    },
  });
}
