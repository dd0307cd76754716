import type { Queryable } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import { lockQueue } from './lockQueue.js';

/** Units of one offer. */
export interface OfferUnits {
  readonly offerId: string;
  readonly quantity: number;
}

/** How inventory tells of an order: what it has now, or what of it has come back. */
export type UnitsNews = 'HAS' | 'RETURNED';

/** Notes how many units an order asks for. Nothing where there is no queue. */
export async function noteOrderQuantity(
  sql: SqlTransaction,
  eventId: string,
  orderId: string,
  quantity: number,
): Promise<void> {
  if (!(await lockQueue(sql, eventId))) return;
  await sql.query(
    `insert into queue_order (order_id, event_id, quantity) values ($1, $2, $3)
     on conflict (order_id) do update set quantity = excluded.quantity`,
    [orderId, eventId, quantity],
  );
}

/**
 * Notes what inventory says of an order's units, and counts them. From then on its admission claims nothing: its units
 * are among those that are taken. Nothing where there is no queue.
 */
export async function noteOrderUnits(
  sql: SqlTransaction,
  eventId: string,
  orderId: string,
  news: UnitsNews,
  lines: readonly OfferUnits[],
): Promise<void> {
  if (!(await lockQueue(sql, eventId))) return;
  const [row] = await sql.query<{ units: Readonly<Record<string, number>> | null }>(
    'select units from queue_order where order_id = $1',
    [orderId],
  );
  const before = row?.units ?? {};
  const after: Record<string, number> = news === 'HAS' ? {} : { ...before };
  for (const { offerId, quantity } of lines) {
    const had = after[offerId] ?? 0;
    after[offerId] = news === 'HAS' ? had + quantity : Math.max(0, had - quantity);
  }
  await sql.query(
    `insert into queue_order (order_id, event_id, units) values ($1, $2, $3)
     on conflict (order_id) do update set units = excluded.units`,
    [orderId, eventId, JSON.stringify(after)],
  );
  const offerIds = [...new Set([...Object.keys(before), ...Object.keys(after)])];
  await sql.query(TAKE, [eventId, offerIds, offerIds.map((id) => (after[id] ?? 0) - (before[id] ?? 0))]);
}

// Under the queue's lock: what is read here stands.
const TAKE = `
  insert into queue_taken (offer_id, event_id, taken)
  select u.offer_id, $1, coalesce(t.taken, 0) + u.change
  from unnest($2::uuid[], $3::int[]) as u (offer_id, change) left join queue_taken t using (offer_id)
  on conflict (offer_id) do update set taken = excluded.taken`;

/**
 * Units that spent admissions claim, by event: one each until orders has named the quantity, then that many, until
 * inventory has spoken of the order or its checkout is over. Time frees none.
 */
export async function findClaims(
  sql: Queryable,
  eventIds: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const rows = await sql.query<{ event_id: string; claimed: number }>(
    `select e.event_id, sum(coalesce(o.quantity, 1))::int as claimed
     from entry e left join queue_order o on o.order_id = e.order_id
     where e.event_id = any ($1::uuid[]) and e.place_held and e.order_id is not null and o.units is null
     group by e.event_id`,
    [eventIds],
  );
  return new Map(rows.map(({ event_id, claimed }) => [event_id, claimed]));
}
