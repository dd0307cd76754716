import type { EventDataOf, AvailabilityChanged, OfferSnapshot } from '@foyer/kafka';
import type { SqlTransaction } from '@foyer/platform';
import type { Offer } from '../domain/saleState.js';
import { offerOf, type OfferRow } from './rows.js';

/** Takes over what inventory says of an offer, counters aside. */
export async function saveOffer(sql: SqlTransaction, offer: OfferSnapshot): Promise<void> {
  await sql.query(
    `insert into queue_offer (offer_id, event_id, total, paused, sale_starts_at, sale_ends_at)
     values ($1, $2, $3, $4, $5, $6)
     on conflict (offer_id) do update set total = excluded.total, paused = excluded.paused,
       sale_starts_at = excluded.sale_starts_at, sale_ends_at = excluded.sale_ends_at`,
    [offer.offerId, offer.listingId, offer.total, offer.paused, offer.saleStartsAt, offer.saleEndsAt],
  );
}

/** Takes over an offer's availability. */
export async function saveAvailability(
  sql: SqlTransaction,
  offer: EventDataOf<typeof AvailabilityChanged>,
): Promise<void> {
  await sql.query(
    `insert into queue_offer (offer_id, event_id, total, reserved, sold, state) values ($1, $2, $3, $4, $5, $6)
     on conflict (offer_id) do update set total = excluded.total, reserved = excluded.reserved,
       sold = excluded.sold, state = excluded.state`,
    [offer.offerId, offer.listingId, offer.total, offer.reserved, offer.sold, offer.state],
  );
}

/** Reads an `OfferRow` of each offer `o`. */
export const SELECT_OFFERS = `
  select o.event_id, o.total, o.reserved, o.sold, o.state, o.paused, o.sale_starts_at, o.sale_ends_at,
    coalesce(t.taken, 0) as taken
  from queue_offer o left join queue_taken t using (offer_id)`;

/** What is offered for an event, as far as inventory has told. */
export async function findOffers(sql: SqlTransaction, eventId: string): Promise<readonly Offer[]> {
  const rows = await sql.query<OfferRow>(`${SELECT_OFFERS} where o.event_id = $1`, [eventId]);
  return rows.map(offerOf);
}
