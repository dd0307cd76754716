import { InventoryHeld, type Outbox } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import type { Pool, PoolClient } from 'pg';

/** What the simple way is asked for: one unit or more of one offer. */
export interface SingleHold {
  readonly orderId: string;
  readonly personId: string;
  readonly offerId: string;
  readonly quantity: number;
}

interface OfferRow {
  readonly listing_id: string;
  readonly name: string;
  readonly price: bigint;
  readonly currency: string;
  readonly total: number;
  readonly reserved: number;
  readonly sold: number;
  readonly limit_per_person: number;
}

/**
 * The baseline: a complete hold in a transaction of its own, as good SQL does it. The lock first and alone; then what
 * decides; then hold, line, person's units, counters and the event for the outbox. All statements prepared.
 * @returns when the hold ends. @throws when it is refused.
 */
export async function holdSingly(pool: Pool, outbox: Outbox, request: SingleHold): Promise<Date> {
  const client = await pool.connect();
  try {
    await client.query('begin');
    const expiresAt = await hold(client, outbox, request);
    await client.query('commit');
    return expiresAt;
  } catch (error) {
    await client.query('rollback');
    throw error;
  } finally {
    client.release();
  }
}

async function hold(client: PoolClient, outbox: Outbox, request: SingleHold): Promise<Date> {
  const { orderId, personId, offerId, quantity } = request;
  const run = async <Row extends object>(name: string, text: string, values: unknown[]): Promise<Row[]> =>
    (await client.query<Row>({ name, text, values })).rows;

  const [offer] = await run<OfferRow>('lock-offer', 'select * from offer where id = $1 for update', [
    offerId,
  ]);
  if (!offer) throw new Error('no such offer');
  const listingId = offer.listing_id;
  const [listing] = await run<{ taken: number; maximum_attendees: number; open: boolean; now: Date }>(
    'lock-listing',
    `select taken, maximum_attendees, foyer_now() as now,
            status = 'PUBLISHED' and sale_starts_at <= foyer_now() and foyer_now() < sale_ends_at as open
     from listing where id = $1 for update`,
    [listingId],
  );
  const [known] = await run<{ expires_at: Date }>(
    'find-hold',
    'select expires_at from hold where order_id = $1',
    [orderId],
  );
  if (known) return known.expires_at;
  const [person] = await run<{ units: number }>(
    'find-units',
    'select units from person_units where offer_id = $1 and person_id = $2',
    [offerId, personId],
  );
  if (!listing?.open) throw new Error('not on sale');
  if ((person?.units ?? 0) + quantity > offer.limit_per_person) throw new Error('over the limit');
  if (offer.reserved + offer.sold + quantity > offer.total) throw new Error('sold out');
  if (listing.taken + quantity > listing.maximum_attendees) throw new Error('too many attendees');

  const expiresAt = new Date(listing.now.getTime() + 15 * 60 * 1000);
  await run(
    'insert-hold',
    `insert into hold (order_id, person_id, listing_id, state, expires_at, told, created_at)
     values ($1, $2, $3, 'HELD', $4, 1, $5)`,
    [orderId, personId, listingId, expiresAt, listing.now],
  );
  await run(
    'insert-line',
    'insert into hold_line (order_id, offer_id, quantity, unit_price) values ($1, $2, $3, $4)',
    [orderId, offerId, quantity, offer.price],
  );
  await run(
    'grow-units',
    `insert into person_units as u (offer_id, person_id, units, allowed) values ($1, $2, $3, $4)
     on conflict (offer_id, person_id) do update set units = u.units + excluded.units, allowed = excluded.allowed`,
    [offerId, personId, quantity, offer.limit_per_person],
  );
  await run('count-offer', 'update offer set reserved = reserved + $2 where id = $1', [offerId, quantity]);
  await run('count-listing', 'update listing set taken = taken + $2, version = version + 1 where id = $1', [
    listingId,
    quantity,
  ]);
  const announced: (() => void)[] = [];
  const sql: SqlTransaction = {
    query: (text, values = []) => run(`outbox ${text.length}`, text, [...values]),
    afterCommit: (action) => announced.push(action),
  };
  const lines = [{ offerId, listingId, quantity }];
  const data = { orderId, lines, expiresAt: expiresAt.toISOString() };
  await outbox.appendCounted(sql, listing.now, [
    { definition: InventoryHeld, aggregateId: orderId, aggregateVersion: 1, data, causation: {} },
  ]);
  // A moment early: the relay looks again a second later in any case.
  for (const action of announced) action();
  return expiresAt;
}
