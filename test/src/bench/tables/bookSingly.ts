import { InventoryHeld, type Outbox } from '@foyer/kafka';
import { newId, type SqlTransaction } from '@foyer/platform';
import type { Pool, PoolClient } from 'pg';
import { findSlot, stayOf } from '@foyer/inventory/dist/domain/tables/slotsOfDay.js';
import type { Booking } from './bookingRestaurants.js';

/**
 * The baseline: a complete booking in a transaction of its own, as good SQL does it, guarded by the same constraints.
 * The restaurant's lock first and alone; then what decides; then the table, chosen by the database itself; then hold,
 * line, seating, the person's day, the day and the event for the outbox. All statements prepared.
 * @returns false when nothing is free.
 */
export async function bookSingly(pool: Pool, outbox: Outbox, booking: Booking): Promise<boolean> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const done = await book(client, outbox, booking);
    await client.query('commit');
    return done;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function book(client: PoolClient, outbox: Outbox, booking: Booking): Promise<boolean> {
  const { restaurant, areaId, startsAt, partySize } = booking;
  const run = async <Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]> =>
    (await client.query<Row>({ name, text, values })).rows;
  const [orderId, personId] = [newId(), newId()];
  const day = findSlot(restaurant, startsAt.getTime())?.day ?? '';
  const endsAt = new Date(startsAt.getTime() + stayOf(restaurant, partySize));

  const [listing] = await run<{ status: string; now: Date }>(
    'lock',
    'select status, foyer_now() as now from listing where id = $1 for update',
    [restaurant.id],
  );
  if (listing?.status !== 'PUBLISHED') throw new Error('takes no reservations');
  const known = await run('find-hold', 'select from hold where order_id = $1', [orderId]);
  if (known.length > 0) return true;
  const [person] = await run<{ seatings: number }>(
    'find-person',
    'select seatings from person_day where listing_id = $1 and person_id = $2 and day = $3',
    [restaurant.id, personId, day],
  );
  if ((person?.seatings ?? 0) >= restaurant.limitPerPersonAndDay) throw new Error('over the limit');
  const tables = restaurant.areas[0]?.tables ?? [];
  const [table] = await run<{ id: string }>(
    'find-table',
    `select t.id from unnest($1::uuid[], $2::int[]) as t (id, seats)
     where t.seats >= $3 and not exists (
       select from seating_table s where s.table_id = t.id and s.during && tstzrange($4, $5)
     ) order by t.seats limit 1`,
    [tables.map(({ tableId }) => tableId), tables.map(({ seats }) => seats), partySize, startsAt, endsAt],
  );
  if (!table) return false;
  const expiresAt = new Date(listing.now.getTime() + 15 * 60 * 1000);
  await run(
    'insert-hold',
    `insert into hold (order_id, person_id, listing_id, state, expires_at, told, created_at)
     values ($1, $2, $3, 'HELD', $4, 1, $5)`,
    [orderId, personId, restaurant.id, expiresAt, listing.now],
  );
  await run(
    'insert-line',
    'insert into hold_line (order_id, offer_id, quantity, unit_price) values ($1, $2, $3, 0)',
    [orderId, areaId, partySize],
  );
  await run(
    'insert-seating',
    `insert into seating (order_id, offer_id, listing_id, person_id, day, during, party_size, tables, live)
     values ($1, $2, $3, $4, $5, tstzrange($6, $7), $8, array[$9::uuid], true)`,
    [orderId, areaId, restaurant.id, personId, day, startsAt, endsAt, partySize, table.id],
  );
  await run(
    'insert-table',
    'insert into seating_table (order_id, offer_id, table_id, during) values ($1, $2, $3, tstzrange($4, $5))',
    [orderId, areaId, table.id, startsAt, endsAt],
  );
  await run(
    'count-person',
    `insert into person_day as p (listing_id, person_id, day, seatings, allowed) values ($1, $2, $3, 1, $4)
     on conflict (listing_id, person_id, day) do update set seatings = p.seatings + 1`,
    [restaurant.id, personId, day, restaurant.limitPerPersonAndDay],
  );
  await run(
    'show-day',
    `insert into restaurant_day as d (listing_id, day, version, dirty) values ($1, $2, 1, true)
     on conflict (listing_id, day) do update set version = d.version + 1, dirty = true`,
    [restaurant.id, day],
  );
  await run('count-listing', 'update listing set version = version + 1 where id = $1', [restaurant.id]);
  const sql: SqlTransaction = {
    query: (text, values = []) => run(`outbox ${text.length}`, text, [...values]),
    afterCommit: () => undefined,
  };
  const seating = {
    restaurantId: restaurant.id,
    areaId,
    startsAt: startsAt.toISOString(),
    endsAt: endsAt.toISOString(),
    partySize,
  };
  const lines = [{ offerId: areaId, listingId: restaurant.id, quantity: partySize, seating }];
  const data = { orderId, lines, expiresAt: expiresAt.toISOString() };
  await outbox.appendCounted(sql, listing.now, [
    { definition: InventoryHeld, aggregateId: orderId, aggregateVersion: 1, data, causation: {} },
  ]);
  return true;
}
