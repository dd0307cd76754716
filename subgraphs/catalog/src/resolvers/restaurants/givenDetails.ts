import { normalizeCategories } from '../../domain/checkDetails.js';
import type { RestaurantDetails } from '../../domain/restaurants/restaurant.js';
import type { GivenDetails } from './restaurantInputs.js';

/** The details that an input gives, as they are kept. */
export function givenDetails({ cuisines, ...given }: GivenDetails): Partial<RestaurantDetails> {
  const present = Object.fromEntries(
    Object.entries(given).filter(([, value]) => value !== null && value !== undefined),
  ) as Partial<RestaurantDetails>;
  return cuisines ? { ...present, cuisines: normalizeCategories(cuisines) } : present;
}
