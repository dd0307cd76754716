import type { Pool } from 'pg';

/** A counter that does not agree with the holds behind it. */
export interface Drift {
  /** `OFFER`, `LISTING` or `PERSON`. */
  readonly subject: string;
  readonly id: string;
  readonly counter: string;
  readonly counted: number;
  readonly expected: number;
}

/**
 * Compares all counters with the holds behind them, in one snapshot and without locks: a group's commit changes both
 * at once.
 * @returns what drifts, at most a hundred; none when all is well.
 */
export async function reconcile(pool: Pool): Promise<readonly Drift[]> {
  const { rows } = await pool.query<Drift>(RECONCILE);
  return rows;
}

const RECONCILE = `
  with live as materialized (
    select h.listing_id, l.offer_id, h.person_id,
      coalesce(sum(l.quantity) filter (where h.state = 'HELD'), 0)::int as reserved,
      coalesce(sum(l.quantity - l.returned) filter (where h.state = 'CONFIRMED'), 0)::int as sold
    from hold h join hold_line l using (order_id)
    where h.state in ('HELD', 'CONFIRMED')
    group by 1, 2, 3
  ), offers as (
    select offer_id, sum(reserved)::int as reserved, sum(sold)::int as sold from live group by 1
  ), listings as (
    select listing_id, sum(reserved + sold)::int as taken from live group by 1
  ), drift as (
    select 'OFFER' as subject, o.id, 'reserved' as counter, o.reserved as counted, coalesce(s.reserved, 0) as expected
    from offer o left join offers s on s.offer_id = o.id
    union all
    select 'OFFER', o.id, 'sold', o.sold, coalesce(s.sold, 0) from offer o left join offers s on s.offer_id = o.id
    union all
    select 'LISTING', l.id, 'taken', l.taken, coalesce(s.taken, 0)
    from listing l left join listings s on s.listing_id = l.id
    union all
    select 'PERSON', coalesce(u.offer_id, s.offer_id), 'units', coalesce(u.units, 0), coalesce(s.reserved + s.sold, 0)
    from person_units u full join live s using (offer_id, person_id)
  )
  select subject, id, counter, counted, expected from drift where counted <> expected limit 100`;
