import { LRUCache } from 'lru-cache';
import { compileRestaurant } from '../domain/tables/compileRestaurant.js';
import type { Restaurant, RestaurantConfiguration } from '../domain/tables/restaurant.js';

/** A restaurant's configuration as the database gives it. */
export interface ConfigurationRow {
  readonly listingId: string;
  readonly version: number;
  /** Null: the version asked with is the present one. */
  readonly configuration: RestaurantConfiguration | null;
}

/**
 * Remembers restaurants made ready for deciding. It is never believed blindly: whoever reads gives the versions it has,
 * and the database sends what is newer.
 */
export interface RestaurantCache {
  /** The versions that are remembered of these restaurants, 0 where none is. */
  versions(listingIds: readonly string[]): readonly number[];
  /** The restaurants that these rows tell of. */
  restaurants(rows: readonly ConfigurationRow[]): readonly Restaurant[];
}

/** A cache of restaurants, empty. */
export function createRestaurantCache(): RestaurantCache {
  const remembered = new LRUCache<string, Restaurant>({ max: 20_000 });
  return {
    versions: (listingIds) => listingIds.map((id) => remembered.get(id)?.version ?? 0),
    restaurants: (rows) =>
      rows.flatMap(({ listingId, version, configuration }) => {
        const known = remembered.get(listingId);
        if (configuration === null) return known?.version === version ? [known] : [];
        const restaurant = compileRestaurant(listingId, version, configuration);
        remembered.set(listingId, restaurant);
        return [restaurant];
      }),
  };
}
