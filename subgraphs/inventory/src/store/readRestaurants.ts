import type { Queryable } from '@foyer/kafka';
import { compileRestaurant } from '../domain/tables/compileRestaurant.js';
import type { Restaurant, RestaurantConfiguration } from '../domain/tables/restaurant.js';
import { arrayLiteral } from './arrayLiteral.js';
import type { RestaurantCache } from './createRestaurantCache.js';

interface ConfigurationRow {
  readonly id: string;
  readonly version: number;
  /** Null: the version that was asked with is the present one. */
  readonly configuration: RestaurantConfiguration | null;
}

/** Restaurants as catalog has configured them. What is none is not in the answer. */
export async function readRestaurants(
  sql: Queryable,
  cache: RestaurantCache,
  listingIds: readonly string[],
): Promise<readonly Restaurant[]> {
  if (listingIds.length === 0) return [];
  // Held on to: meanwhile others may remember something newer than this statement sees.
  const known = new Map(listingIds.map((id) => [id, cache.get(id)]));
  const rows = await sql.query<ConfigurationRow>(READ_RESTAURANTS, [
    arrayLiteral(listingIds),
    arrayLiteral(listingIds.map((id) => known.get(id)?.version ?? 0)),
  ]);
  return rows.flatMap(({ id, version, configuration }) => {
    if (configuration === null) return known.get(id) ?? [];
    const restaurant = compileRestaurant(id, version, configuration);
    cache.set(restaurant);
    return [restaurant];
  });
}

const READ_RESTAURANTS = `
  select r.listing_id as id, r.version,
    case when r.version <> k.version then r.configuration end as configuration
  from unnest($1::uuid[], $2::int[]) as k (listing_id, version)
  cross join lateral (select * from restaurant where listing_id = k.listing_id offset 0) r`;
