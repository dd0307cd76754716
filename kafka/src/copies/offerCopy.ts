import { OfferCreated, OfferUpdated, type OfferSnapshot } from '../contracts/index.js';
import { defineHandler } from '../inbox/defineHandler.js';
import { defineProjection } from '../rebuild/projection.js';
import type { Queryable } from './queryable.js';

/** Every offer, counters aside, as inventory tells it. */
export const offerCopy = defineProjection({
  name: 'offer-copy',
  schema: 'copies',
  tables: ['offer'],
  handlers: (schema) =>
    [OfferCreated, OfferUpdated].map((definition) =>
      defineHandler(definition, {
        name: 'offer-copy',
        handle: async ({ data, aggregateversion }, { sql }) => {
          await sql.query(
            `insert into ${schema}.offer as known (offer_id, listing_id, version, snapshot) values ($1, $2, $3, $4)
             on conflict (offer_id) do update set version = excluded.version, snapshot = excluded.snapshot
             where known.version < excluded.version`,
            [data.offerId, data.listingId, aggregateversion, JSON.stringify(data)],
          );
        },
      }),
    ),
});

/** The offers of these ids that the copy knows. */
export async function findOfferCopies(
  sql: Queryable,
  offerIds: readonly string[],
): Promise<readonly OfferSnapshot[]> {
  const rows = await sql.query<{ snapshot: OfferSnapshot }>(
    `select snapshot from copies.offer where offer_id = any($1::uuid[])`,
    [offerIds],
  );
  return rows.map((row) => row.snapshot);
}
