import { invariant } from '@foyer/platform';
import type { Queryable } from '@foyer/kafka';
import type { GroupRequest } from '../domain/requests.js';
import { CELL } from '../domain/tables/cells.js';
import type { Seating } from '../domain/tables/seating.js';
import type { TableContent, TimeWindow } from '../domain/tables/tableBook.js';
import type { WaitlistEntry, WaitlistState } from '../domain/tables/waitlistEntry.js';
import { arrayLiteral } from './arrayLiteral.js';
import { readRestaurants } from './readRestaurants.js';
import type { RestaurantCache } from './createRestaurantCache.js';
import { tableWindows } from './tableWindows.js';

/** Which part of the tables is wanted. */
export interface TableScope {
  /** Restaurants. */
  readonly listingIds: readonly string[];
  readonly requests: readonly GroupRequest[];
  /** The holds in question, whose seatings are wanted whether they live or not. */
  readonly holds: readonly { readonly orderId: string; readonly personId: string | null }[];
  /** Further times that are wanted. */
  readonly windows: readonly TimeWindow[];
  readonly now: Date;
}

/** What is read: the content of the book, and also seatings that live no more. */
export interface TablesRead {
  readonly content: TableContent;
  /** Of the orders in question, live or not. */
  readonly ofOrders: readonly Seating[];
}

/**
 * Reads what a group of requests decides on at restaurants, under the same locks as `readBook` and after it: their
 * configurations, the seatings of the times in question, those of the persons in question, and who waits.
 */
export async function readTables(
  sql: Queryable,
  cache: RestaurantCache,
  scope: TableScope,
): Promise<TablesRead> {
  const restaurants = await readRestaurants(sql, cache, scope.listingIds);
  const owners = new Map(scope.holds.map(({ orderId, personId }) => [orderId, personId]));
  const { windows, persons } = tableWindows(
    restaurants,
    scope.requests,
    (orderId) => owners.get(orderId) ?? null,
  );
  const asked = [...windows, ...scope.windows];
  const entryIds = scope.requests.flatMap((each) =>
    each.kind === 'leave' || each.kind === 'take' ? [each.entryId] : [],
  );
  const changeIds = scope.requests.flatMap((each) => (each.kind === 'change' ? [each.changeId] : []));
  const column = <Row>(rows: readonly Row[], cell: (row: Row) => string | number | Date): string =>
    arrayLiteral(rows.map(cell));
  const [row] = await sql.query<TablesRow>(READ_TABLES, [
    column(restaurants, ({ id }) => id),
    column(restaurants, ({ longestStay }) => longestStay + CELL),
    arrayLiteral([...owners.keys()]),
    column(asked, ({ listingId }) => listingId),
    column(asked, ({ from }) => new Date(from)),
    column(asked, ({ until }) => new Date(until)),
    column(persons, ({ listingId }) => listingId),
    column(persons, ({ personId }) => personId),
    column(persons, ({ from }) => new Date(from)),
    column(persons, ({ until }) => new Date(until)),
    arrayLiteral(entryIds),
    arrayLiteral(changeIds),
    scope.now,
  ]);
  invariant(row, 'a statement without FROM gave no row');
  const seatings = row.seatings.map(seatingOf);
  const live = seatings.filter((_, index) => row.seatings[index]?.live);
  return {
    content: {
      restaurants,
      windows: row.windows,
      seatings: live,
      heldOrders: row.seatings.filter(({ held }) => held).map(({ orderId }) => orderId),
      entries: row.entries,
      places: row.places,
      changes: row.changes,
    },
    ofOrders: seatings.filter(({ orderId }) => owners.has(orderId)),
  };
}

/** A seating as the database gives it. */
export type SeatingRow = Seating & { readonly live: boolean; readonly held: boolean };

function seatingOf({ live: _, held: __, ...seating }: SeatingRow): Seating {
  return seating;
}

interface TablesRow {
  readonly windows: readonly TimeWindow[];
  readonly seatings: readonly SeatingRow[];
  readonly entries: readonly (WaitlistEntry & { readonly state: WaitlistState })[];
  readonly places: readonly { readonly listingId: string; readonly place: number }[];
  readonly changes: readonly { readonly changeId: string; readonly orderId: string }[];
}

/** An instant as milliseconds since 1970, in JSON. */
const ms = (instant: string): string => `(extract(epoch from ${instant}) * 1000)::bigint`;

/** A seating as JSON. `h` is its hold. */
export const SEATING_JSON = `json_build_object(
  'orderId', s.order_id, 'offerId', s.offer_id, 'listingId', s.listing_id, 'personId', s.person_id, 'day', s.day,
  'startsAt', ${ms('lower(s.during)')}, 'endsAt', ${ms('upper(s.during)')}, 'partySize', s.party_size,
  'tables', s.tables, 'live', s.live, 'held', h.state = 'HELD'
)`;

/**
 * Whatever ends frees the time around it, so that those who wait for it are looked at with all that is taken there.
 * Windows that touch are one (`range_agg`): however many requests there are for one evening, it is read once.
 */
const READ_TABLES = `
  with longest as (
    select * from unnest($1::uuid[], $2::bigint[]) as l (listing_id, stay)
  ), own as materialized (
    select s.* from unnest($3::uuid[]) o (order_id)
    cross join lateral (select * from seating where order_id = o.order_id offset 0) s
  ), asked as (
    select listing_id, tstzrange(from_at, until_at) as during
    from unnest($4::uuid[], $5::timestamptz[], $6::timestamptz[]) as a (listing_id, from_at, until_at)
    union all
    select o.listing_id,
      tstzrange(lower(o.during) - l.stay * interval '1 ms', upper(o.during) + l.stay * interval '1 ms')
    from own o join longest l using (listing_id)
  ), windows as materialized (
    select listing_id, w.during from (
      select listing_id, range_agg(during) as all_of from asked group by listing_id
    ) a cross join lateral unnest(a.all_of) as w (during)
  ), entries as materialized (
    select e.* from unnest($11::uuid[]) i (id)
    cross join lateral (select * from waitlist_entry where id = i.id offset 0) e
    union
    select e.* from own o
    cross join lateral (select * from waitlist_entry where hold_order_id = o.order_id offset 0) e
    union
    select e.* from longest l
    cross join lateral (
      select * from waitlist_entry
      where listing_id = l.listing_id and state = 'WAITING' order by place offset 0
    ) e
    where upper(e.span) <= $13 or exists (
      select from windows w where w.listing_id = e.listing_id and w.during && e.span
    )
    union
    select e.* from unnest($7::uuid[], $8::uuid[]) p (listing_id, person_id)
    cross join lateral (
      select * from waitlist_entry
      where listing_id = p.listing_id and person_id = p.person_id and state in ('WAITING', 'OFFERED') offset 0
    ) e
  ), persons as (
    select listing_id, person_id, tstzrange(from_at, until_at) as during
    from unnest($7::uuid[], $8::uuid[], $9::timestamptz[], $10::timestamptz[])
      as p (listing_id, person_id, from_at, until_at)
    union
    select listing_id, person_id, tstzrange(lower(span) - interval '2 days', upper(span) + interval '2 days')
    from entries where state = 'WAITING'
    union
    select listing_id, person_id, tstzrange(lower(during) - interval '2 days', upper(during) + interval '2 days')
    from own
  ), found as (
    select * from own
    union
    select s.* from windows w cross join lateral (
      select * from seating where live and listing_id = w.listing_id and during && w.during offset 0
    ) s
    union
    select s.* from persons p cross join lateral (
      select * from seating
      where live and listing_id = p.listing_id and during && p.during and person_id = p.person_id offset 0
    ) s
  )
  select
    coalesce((
      select json_agg(json_build_object(
        'listingId', listing_id, 'from', ${ms('lower(during)')}, 'until', ${ms('upper(during)')}
      )) from windows
    ), '[]') as windows,
    coalesce((
      select json_agg(${SEATING_JSON}) from found s
      cross join lateral (select state from hold where order_id = s.order_id offset 0) h
    ), '[]') as seatings,
    coalesce((
      select json_agg(json_build_object(
        'id', id, 'listingId', listing_id, 'personId', person_id, 'place', place, 'partySize', party_size,
        'offerIds', offer_ids, 'from', ${ms('lower(span)')}, 'until', ${ms('upper(span)')}, 'state', state,
        'holdOrderId', hold_order_id, 'told', told
      )) from entries
    ), '[]') as entries,
    coalesce((
      select json_agg(json_build_object('listingId', l.listing_id, 'place', p.place))
      from longest l cross join lateral (
        select max(place) as place from waitlist_entry where listing_id = l.listing_id
      ) p where p.place is not null
    ), '[]') as places,
    coalesce((
      select json_agg(json_build_object('changeId', change_id, 'orderId', order_id))
      from hold_change where change_id = any($12::uuid[])
    ), '[]') as changes`;
