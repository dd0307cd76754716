import type { Queryable } from '@foyer/kafka';
import type { Hold } from '../domain/book.js';
import type { TableChanges } from '../domain/tables/tableChanges.js';
import { arrayLiteral } from './arrayLiteral.js';

/**
 * Writes what has ended, in a statement before those that write what has begun: a constraint that sees both at once
 * would take a party that moves for two.
 */
export async function clearTables(
  sql: Queryable,
  { removed, persons, seats }: Pick<TableChanges, 'removed' | 'persons' | 'seats'>,
  relinedHolds: readonly Hold[],
): Promise<void> {
  const fewer = persons.filter(({ growth }) => growth < 0);
  const freed = seats.filter(({ growth }) => growth < 0);
  if (removed.length + fewer.length + freed.length + relinedHolds.length === 0) return;
  await sql.query(CLEAR_TABLES, [
    arrayLiteral(relinedHolds.map(({ orderId }) => orderId)),
    arrayLiteral(removed.map(({ orderId }) => orderId)),
    arrayLiteral(removed.map(({ offerId }) => offerId)),
    arrayLiteral(fewer.map(({ listingId }) => listingId)),
    arrayLiteral(fewer.map(({ personId }) => personId)),
    arrayLiteral(fewer.map(({ day }) => day)),
    arrayLiteral(fewer.map(({ growth }) => growth)),
    arrayLiteral(freed.map(({ areaId }) => areaId)),
    arrayLiteral(freed.map(({ startsAt }) => startsAt)),
    arrayLiteral(freed.map(({ growth }) => growth)),
  ]);
}

const CLEAR_TABLES = `
  with relined as (
    delete from hold_line where order_id = any($1::uuid[])
  ), gone as (
    select * from unnest($2::uuid[], $3::uuid[]) as g (order_id, offer_id)
  ), ended as (
    update seating s set live = false from gone g where s.order_id = g.order_id and s.offer_id = g.offer_id
  ), tables as (
    delete from seating_table t using gone g where t.order_id = g.order_id and t.offer_id = g.offer_id
  ), fewer as (
    update person_day p set seatings = p.seatings + f.growth
    from unnest($4::uuid[], $5::uuid[], $6::date[], $7::int[]) as f (listing_id, person_id, day, growth)
    where p.listing_id = f.listing_id and p.person_id = f.person_id and p.day = f.day
  )
  update slot_seats s set taken = s.taken + f.growth
  from unnest($8::uuid[], $9::timestamptz[], $10::int[]) as f (area_id, starts_at, growth)
  where s.area_id = f.area_id and s.starts_at = f.starts_at`;
