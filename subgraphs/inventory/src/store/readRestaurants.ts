import type { Queryable } from '@foyer/kafka';
import type { Restaurant } from '../domain/tables/restaurant.js';
import { arrayLiteral } from './arrayLiteral.js';
import type { ConfigurationRow, RestaurantCache } from './createRestaurantCache.js';

/** Restaurants as catalog has configured them. What is none is not in the answer. */
export async function readRestaurants(
  sql: Queryable,
  cache: RestaurantCache,
  listingIds: readonly string[],
): Promise<readonly Restaurant[]> {
  if (listingIds.length === 0) return [];
  const rows = await sql.query<ConfigurationRow>(
    `select r.listing_id as "listingId", r.version,
       case when r.version is distinct from k.version then r.configuration end as configuration
     from unnest($1::uuid[], $2::int[]) as k (listing_id, version)
     cross join lateral (select * from restaurant where listing_id = k.listing_id offset 0) r`,
    [arrayLiteral(listingIds), arrayLiteral(cache.versions(listingIds))],
  );
  return cache.restaurants(rows);
}
