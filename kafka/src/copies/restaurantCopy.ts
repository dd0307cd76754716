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

/** @returns null when the copy knows no such restaurant. */
export async function findRestaurantCopy(
  sql: Queryable,
  restaurantId: string,
): Promise<RestaurantCopy | null> {
  const [row] = await sql.query<{ version: bigint; snapshot: RestaurantSnapshot }>(
    `select version, snapshot from copies.restaurant where restaurant_id = $1`,
    [restaurantId],
  );
  return row ? { ...row.snapshot, version: Number(row.version) } : null;
}
