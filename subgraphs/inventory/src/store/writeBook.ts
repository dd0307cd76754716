import { invariant } from '@foyer/platform';
import type { Book } from '../domain/book.js';
import type { BookChanges } from '../domain/bookChanges.js';
import { arrayLiteral } from './arrayLiteral.js';
import type { Queryable } from '@foyer/kafka';

/**
 * Writes what decisions have changed, in one statement. Counters are written as differences, so that the database's
 * own constraints judge the sum. Lines of holds that have others now are gone already (`clearTables`).
 * @throws when a hold is no longer in the state it was read in, and whatever the constraints refuse.
 */
export async function writeBook(
  sql: Queryable,
  book: Book,
  changes: Omit<BookChanges, 'tables'>,
): Promise<void> {
  const { newHolds, changedHolds, relinedHolds, returnedLines, units, offers, listings, returns } = changes;
  const lines = [...newHolds, ...relinedHolds].flatMap(({ orderId, lines: ofHold }) =>
    ofHold.map((line) => ({ orderId, ...line })),
  );
  const grown = units.filter(({ growth }) => growth > 0);
  const shrunk = units.filter(({ growth }) => growth < 0);
  const [row] = await sql.query<{ moved: bigint }>(WRITE_BOOK, [
    book.now,
    column(newHolds, ({ orderId }) => orderId),
    column(newHolds, ({ personId }) => personId),
    column(newHolds, ({ listingId }) => listingId),
    column(newHolds, ({ state }) => state),
    column(newHolds, ({ expiresAt }) => expiresAt),
    column(newHolds, ({ told }) => told),
    column(lines, ({ orderId }) => orderId),
    column(lines, ({ offerId }) => offerId),
    column(lines, ({ quantity }) => quantity),
    column(lines, ({ unitPrice }) => unitPrice),
    column(lines, ({ returned }) => returned),
    column(changedHolds, ({ hold }) => hold.orderId),
    column(changedHolds, ({ from }) => from),
    column(changedHolds, ({ hold }) => hold.state),
    column(changedHolds, ({ hold }) => hold.told),
    column(returnedLines, ({ orderId }) => orderId),
    column(returnedLines, ({ offerId }) => offerId),
    column(returnedLines, ({ quantity }) => quantity),
    column(grown, ({ offerId }) => offerId),
    column(grown, ({ personId }) => personId),
    column(grown, ({ growth }) => growth),
    column(shrunk, ({ offerId }) => offerId),
    column(shrunk, ({ personId }) => personId),
    column(shrunk, ({ growth }) => growth),
    column(offers, ({ offer }) => offer.id),
    column(offers, ({ reserved }) => reserved),
    column(offers, ({ sold }) => sold),
    column(offers, ({ state }) => state),
    column(offers, ({ stateChangesAt }) => stateChangesAt),
    column(listings, ({ id }) => id),
    column(listings, ({ taken }) => taken),
    column(returns, ({ returnId }) => returnId),
    column(returns, ({ orderId }) => orderId),
  ]);
  invariant(Number(row?.moved) === changedHolds.length, 'a hold has left the state it was read in');
}

function column<Row>(rows: readonly Row[], cell: (row: Row) => string | number | Date | null): string {
  return arrayLiteral(rows.map(cell));
}

const WRITE_BOOK = `
  with held as (
    insert into hold (order_id, person_id, listing_id, state, expires_at, told, created_at)
    select order_id, person_id, listing_id, state, expires_at, told, $1
    from unnest($2::uuid[], $3::uuid[], $4::uuid[], $5::text[], $6::timestamptz[], $7::int[])
      as h (order_id, person_id, listing_id, state, expires_at, told)
  ), lines as (
    insert into hold_line (order_id, offer_id, quantity, unit_price, returned)
    select * from unnest($8::uuid[], $9::uuid[], $10::int[], $11::bigint[], $12::int[])
  ), moved as (
    update hold h set state = m.to_state, told = m.told
    from unnest($13::uuid[], $14::text[], $15::text[], $16::int[]) as m (order_id, from_state, to_state, told)
    where h.order_id = m.order_id and h.state = m.from_state
    returning h.order_id
  ), returned as (
    update hold_line l set returned = l.returned + r.quantity
    from unnest($17::uuid[], $18::uuid[], $19::int[]) as r (order_id, offer_id, quantity)
    where l.order_id = r.order_id and l.offer_id = r.offer_id
  ), grown as (
    insert into person_units as u (offer_id, person_id, units, allowed)
    select g.offer_id, g.person_id, g.growth, o.limit_per_person
    from unnest($20::uuid[], $21::uuid[], $22::int[]) as g (offer_id, person_id, growth)
    join offer o on o.id = g.offer_id
    on conflict (offer_id, person_id) do update set units = u.units + excluded.units, allowed = excluded.allowed
  ), shrunk as (
    update person_units u set units = u.units + s.growth
    from unnest($23::uuid[], $24::uuid[], $25::int[]) as s (offer_id, person_id, growth)
    where u.offer_id = s.offer_id and u.person_id = s.person_id
  ), counted as (
    update offer o
    set reserved = o.reserved + c.reserved, sold = o.sold + c.sold, state = c.state, state_changes_at = c.changes_at
    from unnest($26::uuid[], $27::int[], $28::int[], $29::text[], $30::timestamptz[])
      as c (offer_id, reserved, sold, state, changes_at)
    where o.id = c.offer_id
  ), listed as (
    update listing l set taken = l.taken + c.taken, version = l.version + 1
    from unnest($31::uuid[], $32::int[]) as c (listing_id, taken)
    where l.id = c.listing_id
  ), given_back as (
    insert into unit_return (return_id, order_id, created_at)
    select return_id, order_id, $1 from unnest($33::uuid[], $34::uuid[]) as r (return_id, order_id)
  )
  select count(*) as moved from moved`;
