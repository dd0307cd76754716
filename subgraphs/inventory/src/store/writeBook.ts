import { invariant } from '@foyer/platform';
import type { Book } from '../domain/book.js';
import type { BookChanges } from '../domain/bookChanges.js';
import { arrayLiteral } from './arrayLiteral.js';
import type { Queryable } from './queryable.js';

/**
 * Writes what decisions have changed, in one statement. Counters are written as differences, so that the database's
 * own constraints judge the sum.
 * @throws when a hold is no longer in the state it was read in, and whatever the constraints refuse.
 */
export async function writeBook(sql: Queryable, book: Book, changes: BookChanges): Promise<void> {
  const { newHolds, movedHolds, returnedLines, units, offers, listings, returns } = changes;
  const lines = newHolds.flatMap(({ orderId, lines: ofHold }) => ofHold.map((line) => ({ orderId, ...line })));
  const grown = units.filter(({ growth }) => growth > 0);
  const shrunk = units.filter(({ growth }) => growth < 0);
  const [row] = await sql.query<{ moved: bigint }>(WRITE_BOOK, [
    book.now,
    ...columns(newHolds, (hold) => [hold.orderId, hold.personId, hold.listingId, hold.state, hold.expiresAt], 5),
    ...columns(lines, (line) => [line.orderId, line.offerId, line.quantity, line.unitPrice, line.returned], 5),
    ...columns(movedHolds, ({ orderId, from, to }) => [orderId, from, to], 3),
    ...columns(returnedLines, ({ orderId, offerId, quantity }) => [orderId, offerId, quantity], 3),
    ...columns(grown, ({ offerId, personId, growth }) => [offerId, personId, growth], 3),
    ...columns(shrunk, ({ offerId, personId, growth }) => [offerId, personId, growth], 3),
    ...columns(offers, (o) => [o.offer.id, o.reserved, o.sold, o.state, o.stateChangesAt], 5),
    ...columns(listings, ({ id, taken }) => [id, taken], 2),
    ...columns(returns, ({ returnId, orderId }) => [returnId, orderId], 2),
  ]);
  invariant(Number(row?.moved) === movedHolds.length, 'a hold has left the state it was read in');
}

type Cell = string | number | Date | null;

/** Rows as arrays of their columns. */
function columns<Row>(rows: readonly Row[], cells: (row: Row) => readonly Cell[], count: number): string[] {
  const result: Cell[][] = Array.from({ length: count }, () => []);
  for (const row of rows) cells(row).forEach((cell, index) => result[index]?.push(cell));
  return result.map(arrayLiteral);
}

const WRITE_BOOK = `
  with held as (
    insert into hold (order_id, person_id, listing_id, state, expires_at, created_at)
    select order_id, person_id, listing_id, state, expires_at, $1
    from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[])
      as h (order_id, person_id, listing_id, state, expires_at)
  ), lines as (
    insert into hold_line (order_id, offer_id, quantity, unit_price, returned)
    select * from unnest($7::uuid[], $8::uuid[], $9::int[], $10::bigint[], $11::int[])
  ), moved as (
    update hold h set state = m.to_state
    from unnest($12::uuid[], $13::text[], $14::text[]) as m (order_id, from_state, to_state)
    where h.order_id = m.order_id and h.state = m.from_state
    returning h.order_id
  ), returned as (
    update hold_line l set returned = l.returned + r.quantity
    from unnest($15::uuid[], $16::uuid[], $17::int[]) as r (order_id, offer_id, quantity)
    where l.order_id = r.order_id and l.offer_id = r.offer_id
  ), grown as (
    insert into person_units as u (offer_id, person_id, units, allowed)
    select g.offer_id, g.person_id, g.growth, o.limit_per_person
    from unnest($18::uuid[], $19::uuid[], $20::int[]) as g (offer_id, person_id, growth)
    join offer o on o.id = g.offer_id
    on conflict (offer_id, person_id) do update set units = u.units + excluded.units, allowed = excluded.allowed
  ), shrunk as (
    update person_units u set units = u.units + s.growth
    from unnest($21::uuid[], $22::uuid[], $23::int[]) as s (offer_id, person_id, growth)
    where u.offer_id = s.offer_id and u.person_id = s.person_id
  ), counted as (
    update offer o
    set reserved = o.reserved + c.reserved, sold = o.sold + c.sold, state = c.state, state_changes_at = c.changes_at
    from unnest($24::uuid[], $25::int[], $26::int[], $27::text[], $28::timestamptz[])
      as c (offer_id, reserved, sold, state, changes_at)
    where o.id = c.offer_id
  ), listed as (
    update listing l set taken = l.taken + c.taken, version = l.version + 1
    from unnest($29::uuid[], $30::int[]) as c (listing_id, taken)
    where l.id = c.listing_id
  ), given_back as (
    insert into unit_return (return_id, order_id, created_at)
    select return_id, order_id, $1 from unnest($31::uuid[], $32::uuid[]) as r (return_id, order_id)
  )
  select count(*) as moved from moved`;
