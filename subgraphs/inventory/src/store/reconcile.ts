import type { Pool } from 'pg';

/** A counter that does not agree with the holds behind it. */
export interface Drift {
  /** `OFFER`, `LISTING` or `PERSON`; of restaurants `SEATING`, `TABLE`, `SEATS` or `PERSON_DAY`. */
  readonly subject: string;
  readonly id: string;
  readonly counter: string;
  readonly counted: number;
  readonly expected: number;
}

/**
 * Compares all counters with the holds behind them, in one snapshot and without locks: a group's commit changes both
 * at once. The timeline of every table is drawn anew from the holds and their seatings, and must be the one that is
 * guarded; and so must the seats that are taken.
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
    join offer o on o.id = l.offer_id and o.kind = 'TICKET_CLASS'
    where h.state in ('HELD', 'CONFIRMED')
    group by 1, 2, 3
  ), seated as materialized (
    select l.order_id, l.offer_id, l.quantity, s.listing_id, s.person_id, s.day, s.during, s.party_size, s.tables, s.live
    from hold h join hold_line l using (order_id)
    join offer o on o.id = l.offer_id and o.kind = 'TABLE'
    left join seating s on s.order_id = l.order_id and s.offer_id = l.offer_id
    where h.state in ('HELD', 'CONFIRMED')
  ), drawn as materialized (
    select order_id, offer_id, table_id, during from seated cross join lateral unnest(tables) as table_id
  ), guarded as materialized (
    select order_id, offer_id, table_id, during from seating_table
  ), cells as (
    select offer_id as area_id, cell as starts_at, sum(party_size)::int as taken
    from seated cross join lateral generate_series(
      date_bin('5 minutes', lower(during), '2000-01-01Z'), upper(during) - interval '1 ms', '5 minutes'
    ) as cell
    where cardinality(tables) = 0 group by 1, 2
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
    union all
    -- a line of a table has a live seating of its size, and no other seating lives
    select 'SEATING', s.order_id, 'live', 0, count(*)::int from seated s
    where s.live is not true or s.party_size <> s.quantity group by 2
    union all
    select 'SEATING', s.order_id, 'live', count(*)::int, 0 from seating s
    where s.live and not exists (
      select from seated d where d.order_id = s.order_id and d.offer_id = s.offer_id
    ) group by 2
    union all
    select 'TABLE', table_id, 'differences', count(*)::int, 0
    from ((table drawn except table guarded) union all (table guarded except table drawn)) d group by 2
    union all
    -- drawn anew, no table has two parties at once
    select 'TABLE', table_id, 'overlaps', count(*)::int, 0
    from (
      select table_id, lower(during) < lag(upper(during)) over (partition by table_id order by during) as twice
      from drawn
    ) d where twice group by 2
    union all
    select 'SEATS', coalesce(s.area_id, c.area_id), 'taken', coalesce(s.taken, 0), coalesce(c.taken, 0)
    from slot_seats s full join cells c using (area_id, starts_at)
    union all
    select 'PERSON_DAY', coalesce(p.person_id, s.person_id), 'seatings', coalesce(p.seatings, 0),
      coalesce(s.seatings, 0)
    from person_day p full join (
      select listing_id, person_id, day, count(*)::int as seatings from seated group by 1, 2, 3
    ) s using (listing_id, person_id, day)
  )
  select subject, id, counter, counted, expected from drift where counted <> expected limit 100`;
