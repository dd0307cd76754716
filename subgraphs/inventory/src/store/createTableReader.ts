import type { Pool } from 'pg';
import type { ListingStatus } from '../domain/book.js';
import type { WaitlistState } from '../domain/tables/waitlistEntry.js';

/** A restaurant, as far as it decides who may see what. */
export interface RestaurantListing {
  readonly id: string;
  readonly organizationId: string;
  readonly status: ListingStatus;
}

/** A block as staff see it. */
export interface BlockView {
  readonly id: string;
  readonly listingId: string;
  readonly areaId: string;
  readonly tableIds: readonly string[];
  readonly seats: number;
  readonly startsAt: Date;
  readonly endsAt: Date;
  readonly reason: string;
}

/** A place in line as its owner sees it. */
export interface EntryView {
  readonly id: string;
  readonly listingId: string;
  readonly partySize: number;
  readonly areaIds: readonly string[];
  readonly from: Date;
  readonly until: Date;
  readonly state: WaitlistState;
  /** Waiting before it for a time of the same range. */
  readonly ahead: number;
  /** Null while nothing is held for it. */
  readonly offer: {
    readonly areaId: string;
    readonly startsAt: string;
    readonly endsAt: string;
    readonly expiresAt: string;
  } | null;
}

/** Reads blocks and places in lines. */
export interface TableReader {
  /** Null when there is no such restaurant. */
  restaurant(id: string): Promise<RestaurantListing | null>;
  /** Blocks that touch a time of a restaurant. */
  blocks(listingId: string, from: Date, until: Date): Promise<readonly BlockView[]>;
  /** Null when there is none, or it was taken away. */
  block(id: string): Promise<BlockView | null>;
  /** Null when there is none of this person. */
  entry(id: string, personId: string): Promise<EntryView | null>;
  /** The places of a person that still stand, in order of joining. */
  entriesOf(personId: string): Promise<readonly EntryView[]>;
}

/** A reader of what belongs to restaurants besides their days. */
export function createTableReader(pool: Pool): TableReader {
  return {
    async restaurant(id) {
      const { rows } = await pool.query<RestaurantListing>(
        `select id, organization_id as "organizationId", status from listing where id = $1 and kind = 'RESTAURANT'`,
        [id],
      );
      return rows[0] ?? null;
    },
    async blocks(listingId, from, until) {
      const { rows } = await pool.query<BlockView>(
        `${BLOCKS} where s.listing_id = $1 and s.during && tstzrange($2, $3) and s.live order by lower(s.during), b.block_id`,
        [listingId, from, until],
      );
      return rows;
    },
    async block(id) {
      const { rows } = await pool.query<BlockView>(`${BLOCKS} where b.block_id = $1 and s.live`, [id]);
      return rows[0] ?? null;
    },
    async entry(id, personId) {
      const { rows } = await pool.query<EntryView>(`${ENTRIES} where e.id = $1 and e.person_id = $2`, [
        id,
        personId,
      ]);
      return rows[0] ?? null;
    },
    async entriesOf(personId) {
      const { rows } = await pool.query<EntryView>(
        `${ENTRIES} where e.person_id = $1 and e.state in ('WAITING', 'OFFERED') order by e.created_at, e.id limit 100`,
        [personId],
      );
      return rows;
    },
  };
}

const BLOCKS = `
  select b.block_id as id, b.listing_id as "listingId", s.offer_id as "areaId", s.tables as "tableIds",
    s.party_size as seats, lower(s.during) as "startsAt", upper(s.during) as "endsAt", b.reason
  from seat_block b join seating s on s.order_id = b.block_id`;

const ENTRIES = `
  select e.id, e.listing_id as "listingId", e.party_size as "partySize", e.offer_ids as "areaIds",
    lower(e.span) as from, upper(e.span) as until, e.state,
    case when e.state = 'WAITING' then (
      select count(*)::int from waitlist_entry o
      where o.listing_id = e.listing_id and o.state = 'WAITING' and o.place < e.place and o.span && e.span
    ) else 0 end as ahead,
    case when e.state = 'OFFERED' then (
      select json_build_object(
        'areaId', s.offer_id, 'startsAt', lower(s.during), 'endsAt', upper(s.during), 'expiresAt', h.expires_at
      ) from hold h join seating s using (order_id) where h.order_id = e.hold_order_id
    ) end as offer
  from waitlist_entry e`;
