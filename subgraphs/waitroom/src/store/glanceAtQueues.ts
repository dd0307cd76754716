import type { Queryable } from '@foyer/kafka';
import type { Queue } from '../domain/queue.js';
import type { Offer } from '../domain/saleState.js';
import { SELECT_OFFERS } from './offers.js';
import { findClaims } from './queueOrders.js';
import { offerOf, queueOf, type OfferRow, type QueueRow } from './rows.js';

/** A queue as a glance shows it, without its lock. */
export interface QueueGlance {
  readonly queue: Queue;
  readonly offers: readonly Offer[];
  /** Units of spent admissions that inventory has not spoken of. */
  readonly claimed: number;
  readonly now: Date;
  /** Somebody is gone for too long, as it looks. */
  readonly hasAbsent: boolean;
  /** Somebody's turn has run out unspent. */
  readonly hasTurnsOver: boolean;
}

/** Glances at every queue in which something may happen: what looks due is looked at again under the lock. */
export async function glanceAtQueues(sql: Queryable, absenceMs: number): Promise<readonly QueueGlance[]> {
  const rows = await sql.query<QueueRow & { now: Date; has_absent: boolean; has_turns_over: boolean }>(
    GLANCE,
    [absenceMs],
  );
  const eventIds = rows.map(({ event_id }) => event_id);
  const offers = await sql.query<OfferRow & { event_id: string }>(
    `${SELECT_OFFERS} where o.event_id = any ($1::uuid[])`,
    [eventIds],
  );
  const claims = await findClaims(sql, eventIds);
  const offersOf = new Map<string, Offer[]>();
  for (const offer of offers) {
    offersOf.set(offer.event_id, [...(offersOf.get(offer.event_id) ?? []), offerOf(offer)]);
  }
  return rows.map((row) => ({
    queue: queueOf(row),
    offers: offersOf.get(row.event_id) ?? [],
    claimed: claims.get(row.event_id) ?? 0,
    now: row.now,
    hasAbsent: row.has_absent,
    hasTurnsOver: row.has_turns_over,
  }));
}

// The clock is read once: compared with a volatile function no index could be used.
const GLANCE = `
  with clock as materialized (select date_trunc('milliseconds', foyer_now()) as now)
  select q.*, (select now from clock) as now,
    coalesce(greatest(h.heard_since, q.drawn_at, q.sale_starts_at), 'infinity')
        <= (select now from clock) - $1 * interval '1 millisecond'
      and q.drawn_at is not null and h.unheard_at is null and exists (
        select from entry e where e.event_id = q.event_id and e.status = 'QUEUED' and not e.connected
          and e.last_seen_at < (select now from clock) - $1 * interval '1 millisecond'
      ) as has_absent,
    exists (
      select from entry e where e.event_id = q.event_id and e.status = 'ADMITTED' and e.order_id is null
        and e.admission_expires_at <= (select now from clock)
    ) as has_turns_over
  from queue q left join hearing h on h.event_id = q.event_id
  where not q.settled`;
