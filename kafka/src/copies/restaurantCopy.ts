import { inBatches, isId } from '@foyer/platform';
import { RestaurantCreated, RestaurantUpdated, type RestaurantSnapshot } from '../contracts/index.js';
import { defineHandler } from '../inbox/defineHandler.js';
import { defineProjection } from '../rebuild/projection.js';
import type { Queryable } from './queryable.js';

/** A restaurant as the copy knows it. */
export type RestaurantCopy = RestaurantSnapshot & {
  /** Version of the catalog event that it stems from. */
  readonly version: number;
};

/** Every restaurant, as catalog tells it. */
export const restaurantCopy = defineProjection({
  name: 'restaurant-copy',
  schema: 'copies',
  tables: ['restaurant'],
  handlers: (schema) =>
    [RestaurantCreated, RestaurantUpdated].map((definition) =>
      defineHandler(definition, {
        name: 'restaurant-copy',
        handle: async ({ data, aggregateversion }, { sql }) => {
          await sql.query(
            `insert into ${schema}.restaurant as known (restaurant_id, organization_id, version, snapshot)
             values ($1, $2, $3, $4)
             on conflict (restaurant_id) do update set version = excluded.version, snapshot = excluded.snapshot
             where known.version < excluded.version`,
            [data.restaurantId, data.organizationId, aggregateversion, JSON.stringify(data)],
          );
        },
      }),
    ),
});

const findCopies = inBatches<Queryable, RestaurantCopy>(async (sql, ids) => {
  const rows = await sql.query<{ id: string; version: bigint; snapshot: RestaurantSnapshot }>(
    `select restaurant_id as id, version, snapshot from copies.restaurant where restaurant_id = any($1::uuid[])`,
    [ids],
  );
  return new Map(rows.map((row) => [row.id, { ...row.snapshot, version: Number(row.version) }]));
});

/** @returns null when the copy knows no such restaurant. */
export function findRestaurantCopy(sql: Queryable, restaurantId: string): Promise<RestaurantCopy | null> {
  return isId(restaurantId) ? findCopies(sql, restaurantId.toLowerCase()) : Promise.resolve(null);
}
