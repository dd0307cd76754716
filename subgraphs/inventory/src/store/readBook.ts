import { invariant } from '@foyer/platform';
import { Book, type HoldLine, type HoldState, type Listing, type Offer } from '../domain/book.js';
import type { GroupRequest } from '../domain/requests.js';
import { NO_TABLES, seatingKey, type TimeWindow } from '../domain/tables/tableBook.js';
import { arrayLiteral } from './arrayLiteral.js';
import type { RestaurantCache } from './createRestaurantCache.js';
import { readTables } from './readTables.js';
import type { Queryable } from '@foyer/kafka';

/** Which part of the store is wanted. */
export interface BookScope {
  readonly listingIds: readonly string[];
  readonly requests: readonly GroupRequest[];
  /** Further times of restaurants. Default: none. */
  readonly windows?: readonly TimeWindow[];
}

/**
 * Reads what a group of requests decides on, in one statement (one snapshot), which for a decision comes after the
 * locks were taken: the listings with their offers, the holds of the orders in question, the listings' holds that have
 * run out, and what the persons in question have. Where restaurants are among them, further statements read what lies in
 * time; under the locks nothing changes in between.
 */
export async function readBook(
  sql: Queryable,
  { listingIds, requests, windows = [] }: BookScope,
  cache: RestaurantCache,
): Promise<Book> {
  const orderIds = new Set<string>();
  const returnIds = new Set<string>();
  const entryIds: string[] = [];
  const offerIds: string[] = [];
  const personIds: string[] = [];
  for (const request of requests) {
    if (request.kind === 'tidy' || request.kind === 'join') continue;
    if (request.kind === 'leave' || request.kind === 'take') entryIds.push(request.entryId);
    if (request.kind === 'leave') continue;
    orderIds.add(request.kind === 'block' ? request.blockId : request.orderId);
    if (request.kind === 'return') returnIds.add(request.returnId);
    if (request.kind !== 'hold') continue;
    for (const { offerId } of request.lines) {
      offerIds.push(offerId);
      personIds.push(request.personId);
    }
  }
  const [row] = await sql.query<BookRow>(READ_BOOK, [
    arrayLiteral(listingIds),
    arrayLiteral([...orderIds]),
    arrayLiteral(offerIds),
    arrayLiteral(personIds),
    arrayLiteral([...returnIds]),
    arrayLiteral(entryIds),
  ]);
  invariant(row, 'a statement without FROM gave no row');
  const restaurantIds = row.listings.filter(({ kind }) => kind === 'RESTAURANT').map(({ id }) => id);
  const read =
    restaurantIds.length === 0
      ? { content: NO_TABLES, ofOrders: [] }
      : await readTables(sql, cache, {
          listingIds: restaurantIds,
          requests,
          holds: row.holds,
          windows,
          now: row.now,
        });
  const seatings = new Map(read.ofOrders.map((seating) => [seatingKey(seating), seating]));
  return new Book({
    now: row.now,
    tables: read.content,
    listings: row.listings.map((listing) => ({
      ...listing,
      saleStartsAt: instant(listing.saleStartsAt),
      saleEndsAt: instant(listing.saleEndsAt),
    })),
    offers: row.offers.map((offer) => ({
      ...offer,
      saleStartsAt: instant(offer.saleStartsAt),
      saleEndsAt: instant(offer.saleEndsAt),
      stateChangesAt: instant(offer.stateChangesAt),
    })),
    holds: row.holds.flatMap(({ personId, listingId, expiresAt, lines, ...hold }) => {
      if (personId === null || listingId === null || expiresAt === null) return [];
      const seated = lines.map((line) => {
        const seating = seatings.get(seatingKey({ orderId: hold.orderId, offerId: line.offerId })) ?? null;
        return { ...line, seating };
      });
      return [{ ...hold, personId, listingId, expiresAt: new Date(expiresAt), lines: seated }];
    }),
    tombstones: row.holds.filter(({ personId }) => personId === null).map(({ orderId }) => orderId),
    units: row.units,
    returns: row.returns,
  });
}

function instant(text: string | null): Date | null {
  return text === null ? null : new Date(text);
}

type Told<Row, Times extends keyof Row> = Omit<Row, Times> & Readonly<Record<Times, string | null>>;

interface BookRow {
  readonly now: Date;
  readonly listings: readonly Told<Listing, 'saleStartsAt' | 'saleEndsAt'>[];
  readonly offers: readonly Told<Offer, 'saleStartsAt' | 'saleEndsAt' | 'stateChangesAt'>[];
  readonly holds: readonly {
    readonly orderId: string;
    readonly personId: string | null;
    readonly listingId: string | null;
    readonly state: HoldState;
    readonly expiresAt: string | null;
    readonly told: number;
    readonly lines: readonly Omit<HoldLine, 'seating'>[];
  }[];
  readonly units: readonly { readonly offerId: string; readonly personId: string; readonly units: number }[];
  readonly returns: readonly string[];
}

/**
 * The instant is a scalar subquery of its own: evaluated once, it can bound an index scan, which a volatile function
 * in the condition could not. `lateral … offset 0` leaves the planner no choice but one look-up each: it would read
 * whole tables while it believes them small.
 */
const READ_BOOK = `
  with clock as materialized (
    select foyer_now() as now
  ), wanted as materialized (
    select h.* from hold h where h.order_id = any($2::uuid[])
    union all
    select h.* from hold h
    where h.state = 'HELD' and h.listing_id = any($1::uuid[]) and h.expires_at <= (select now from clock)
      and h.order_id <> all($2::uuid[])
    union
    select h.* from unnest($6::uuid[]) i (id)
    cross join lateral (select hold_order_id from waitlist_entry where id = i.id offset 0) e
    cross join lateral (select * from hold where order_id = e.hold_order_id offset 0) h
  ), pairs as (
    select * from unnest($3::uuid[], $4::uuid[]) as p (offer_id, person_id)
    union
    select l.offer_id, w.person_id
    from wanted w cross join lateral (select offer_id from hold_line where order_id = w.order_id offset 0) l
  )
  select
    (select now from clock) as now,
    coalesce((
      select json_agg(json_build_object(
        'id', l.id, 'kind', l.kind, 'organizationId', l.organization_id, 'status', l.status, 'saleStartsAt', l.sale_starts_at,
        'saleEndsAt', l.sale_ends_at, 'maximumAttendees', l.maximum_attendees,
        'free', l.free, 'currency', l.currency, 'version', l.version
      )) from listing l where l.id = any($1::uuid[])
    ), '[]') as listings,
    coalesce((
      select json_agg(json_build_object(
        'id', o.id, 'kind', o.kind, 'listingId', o.listing_id, 'name', o.name, 'price', o.price, 'currency', o.currency,
        'total', o.total, 'reserved', o.reserved, 'sold', o.sold, 'limitPerPerson', o.limit_per_person,
        'saleStartsAt', o.sale_starts_at, 'saleEndsAt', o.sale_ends_at, 'paused', o.paused,
        'accessCodeHash', o.access_code_hash, 'state', o.state, 'stateChangesAt', o.state_changes_at
      ) order by o.id) from offer o where o.listing_id = any($1::uuid[])
    ), '[]') as offers,
    coalesce((
      select json_agg(json_build_object(
        'orderId', w.order_id, 'personId', w.person_id, 'listingId', w.listing_id, 'state', w.state,
        'expiresAt', w.expires_at, 'told', w.told, 'lines', coalesce((
          select json_agg(json_build_object(
            'offerId', l.offer_id, 'quantity', l.quantity, 'unitPrice', l.unit_price, 'returned', l.returned
          ) order by l.offer_id) from hold_line l where l.order_id = w.order_id
        ), '[]')
      ) order by w.expires_at, w.order_id) from wanted w
    ), '[]') as holds,
    coalesce((
      select json_agg(json_build_object('offerId', u.offer_id, 'personId', u.person_id, 'units', u.units))
      from pairs p cross join lateral (
        select * from person_units where offer_id = p.offer_id and person_id = p.person_id offset 0
      ) u
    ), '[]') as units,
    coalesce((
      select json_agg(r.return_id) from unit_return r where r.return_id = any($5::uuid[])
    ), '[]') as returns`;
