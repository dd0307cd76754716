import { LRUCache } from 'lru-cache';
import type { Restaurant } from '../domain/tables/restaurant.js';

/**
 * Remembers restaurants made ready for deciding. It is never believed blindly: whoever reads gives the versions that
 * are remembered, and the database sends what is newer (`readRestaurants`). What a transaction has not committed must
 * not come in here: the version would be given out again.
 */
export interface RestaurantCache {
  get(listingId: string): Restaurant | undefined;
  set(restaurant: Restaurant): void;
}

const REMEMBERED = 20_000;

/** A cache of restaurants, empty. */
export function createRestaurantCache(): RestaurantCache {
  const remembered = new LRUCache<string, Restaurant>({ max: REMEMBERED });
  return {
    get: (listingId) => remembered.get(listingId),
    set: (restaurant) => void remembered.set(restaurant.id, restaurant),
  };
}
