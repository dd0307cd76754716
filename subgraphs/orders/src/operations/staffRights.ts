import { findRestaurantCopy, requireOrganizationRight, type OrganizationRole } from '@foyer/kafka';
import { isId, notFound, type Identity } from '@foyer/platform';
import type { Services } from './services.js';

/** Who receives guests: sees the day's reservations, seats parties, says who did not come. */
export const FLOOR = ['OWNER', 'ADMIN', 'EDITOR', 'DOOR'] as const;

/** Who books, changes and cancels for guests. */
export const BOOKERS = ['OWNER', 'ADMIN', 'EDITOR'] as const;

/** Who gives money back. */
export const TREASURERS = ['OWNER', 'ADMIN'] as const;

/**
 * Makes sure that somebody has a role at a restaurant.
 * @returns the restaurant's id in its normal form.
 * @throws Refused `NotFound` for strangers, `NotPermitted` for other roles.
 */
export async function requireStaff(
  { store }: Pick<Services, 'store'>,
  identity: Identity,
  restaurantId: string,
  roles: readonly OrganizationRole[],
): Promise<string> {
  const id = restaurantId.toLowerCase();
  const restaurant = isId(id) ? await findRestaurantCopy(store.sql, id) : null;
  if (!restaurant) throw notFound('restaurant', restaurantId);
  const { organizationId } = restaurant;
  await requireOrganizationRight(store.sql, identity, { organizationId, listingId: id, roles });
  return id;
}
