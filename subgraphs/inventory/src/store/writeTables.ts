import { invariant } from '@foyer/platform';
import type { Queryable } from '@foyer/kafka';
import type { TableChanges } from '../domain/tables/tableChanges.js';
import { arrayLiteral } from './arrayLiteral.js';

/**
 * Writes what has begun at restaurants, in one statement, after `clearTables`. The constraints judge it anew.
 * @throws when an entry is no longer in the state it was read in, and whatever the constraints refuse.
 */
export async function writeTables(sql: Queryable, now: Date, changes: TableChanges): Promise<void> {
  const { added, persons, seats, days, newEntries, changedEntries } = changes;
  const more = persons.filter(({ growth }) => growth > 0);
  const filled = seats.filter(({ growth }) => growth > 0);
  const tables = added.flatMap((seating) => seating.tables.map((tableId) => ({ ...seating, tableId })));
  const [row] = await sql.query<{ moved: bigint }>(WRITE_TABLES, [
    now,
    column(added, ({ orderId }) => orderId),
    column(added, ({ offerId }) => offerId),
    column(added, ({ listingId }) => listingId),
    column(added, ({ personId }) => personId),
    column(added, ({ day }) => day),
    column(added, ({ startsAt }) => new Date(startsAt)),
    column(added, ({ endsAt }) => new Date(endsAt)),
    column(added, ({ partySize }) => partySize),
    // No array holds arrays of different length.
    column(added, (seating) => (seating.tables.length === 0 ? null : seating.tables.join('+'))),
    column(tables, ({ orderId }) => orderId),
    column(tables, ({ offerId }) => offerId),
    column(tables, ({ tableId }) => tableId),
    column(tables, ({ startsAt }) => new Date(startsAt)),
    column(tables, ({ endsAt }) => new Date(endsAt)),
    column(filled, ({ areaId }) => areaId),
    column(filled, ({ startsAt }) => startsAt),
    column(filled, ({ growth }) => growth),
    column(filled, ({ capacity }) => capacity),
    column(more, ({ listingId }) => listingId),
    column(more, ({ personId }) => personId),
    column(more, ({ day }) => day),
    column(more, ({ growth }) => growth),
    column(more, ({ allowed }) => allowed),
    column(days, ({ listingId }) => listingId),
    column(days, ({ day }) => day),
    column(newEntries, ({ id }) => id),
    column(newEntries, ({ listingId }) => listingId),
    column(newEntries, ({ personId }) => personId),
    column(newEntries, ({ place }) => place),
    column(newEntries, ({ partySize }) => partySize),
    column(newEntries, ({ offerIds }) => offerIds.join('+')),
    column(newEntries, ({ from }) => new Date(from)),
    column(newEntries, ({ until }) => new Date(until)),
    column(newEntries, ({ state }) => state),
    column(newEntries, ({ holdOrderId }) => holdOrderId),
    column(newEntries, ({ told }) => told),
    column(changedEntries, ({ entry }) => entry.id),
    column(changedEntries, ({ from }) => from),
    column(changedEntries, ({ entry }) => entry.state),
    column(changedEntries, ({ entry }) => entry.holdOrderId),
    column(changedEntries, ({ entry }) => entry.told),
    column(changes.changes, ({ changeId }) => changeId),
    column(changes.changes, ({ orderId }) => orderId),
    JSON.stringify(changes.blocks),
  ]);
  invariant(
    Number(row?.moved) === changedEntries.length,
    'a waitlist entry has left the state it was read in',
  );
}

function column<Row>(rows: readonly Row[], cell: (row: Row) => string | number | Date | null): string {
  return arrayLiteral(rows.map(cell));
}

const WRITE_TABLES = `
  with seated as (
    insert into seating as s
      (order_id, offer_id, listing_id, person_id, day, during, party_size, tables, live)
    select order_id, offer_id, listing_id, person_id, day, tstzrange(starts_at, ends_at), party_size,
      coalesce(string_to_array(tables, '+')::uuid[], '{}'), true
    from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::uuid[], $6::date[], $7::timestamptz[], $8::timestamptz[],
                $9::int[], $10::text[])
      as n (order_id, offer_id, listing_id, person_id, day, starts_at, ends_at, party_size, tables)
    on conflict (order_id, offer_id) do update
    set day = excluded.day, during = excluded.during, party_size = excluded.party_size, tables = excluded.tables,
        live = true
  ), tables as (
    insert into seating_table (order_id, offer_id, table_id, during)
    select order_id, offer_id, table_id, tstzrange(starts_at, ends_at)
    from unnest($11::uuid[], $12::uuid[], $13::uuid[], $14::timestamptz[], $15::timestamptz[])
      as n (order_id, offer_id, table_id, starts_at, ends_at)
  ), filled as (
    insert into slot_seats as s (area_id, starts_at, taken, capacity)
    select * from unnest($16::uuid[], $17::timestamptz[], $18::int[], $19::int[])
    on conflict (area_id, starts_at) do update
    set taken = s.taken + excluded.taken, capacity = excluded.capacity
  ), more as (
    insert into person_day as p (listing_id, person_id, day, seatings, allowed)
    select * from unnest($20::uuid[], $21::uuid[], $22::date[], $23::int[], $24::int[])
    on conflict (listing_id, person_id, day) do update
    set seatings = p.seatings + excluded.seatings, allowed = excluded.allowed
  ), shown as (
    insert into restaurant_day as d (listing_id, day, version, dirty)
    select listing_id, day, 1, true from unnest($25::uuid[], $26::date[]) as n (listing_id, day)
    on conflict (listing_id, day) do update set version = d.version + 1, dirty = true
  ), waiting as (
    insert into waitlist_entry
      (id, listing_id, person_id, place, party_size, offer_ids, span, state, hold_order_id, told, created_at)
    select id, listing_id, person_id, place, party_size, string_to_array(offers, '+')::uuid[],
      tstzrange(from_at, until_at, '[]'), state, hold_order_id, told, $1
    from unnest($27::uuid[], $28::uuid[], $29::uuid[], $30::bigint[], $31::int[], $32::text[], $33::timestamptz[],
                $34::timestamptz[], $35::text[], $36::uuid[], $37::int[])
      as n (id, listing_id, person_id, place, party_size, offers, from_at, until_at, state, hold_order_id, told)
  ), moved as (
    update waitlist_entry e set state = m.to_state, hold_order_id = m.hold_order_id, told = m.told
    from unnest($38::uuid[], $39::text[], $40::text[], $41::uuid[], $42::int[])
      as m (id, from_state, to_state, hold_order_id, told)
    where e.id = m.id and e.state = m.from_state
    returning e.id
  ), changed as (
    insert into hold_change (change_id, order_id, created_at)
    select change_id, order_id, $1 from unnest($43::uuid[], $44::uuid[]) as c (change_id, order_id)
  ), blocked as (
    insert into seat_block (block_id, listing_id, reason, created_by, created_at)
    select "blockId", "listingId", reason, "userId", $1
    from jsonb_to_recordset($45) as b ("blockId" uuid, "listingId" uuid, reason text, "userId" uuid)
  )
  select count(*) as moved from moved`;
