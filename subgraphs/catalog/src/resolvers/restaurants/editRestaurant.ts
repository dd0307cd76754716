import { requireOrganizationRight } from '@foyer/kafka';
import { isId, notFound, requireUser } from '@foyer/platform';
import { findConflicts, type StandingReservation } from '../../domain/restaurants/findConflicts.js';
import { reservationsInConflict } from '../../domain/restaurants/reservationsInConflict.js';
import type { Restaurant } from '../../domain/restaurants/restaurant.js';
import type { RestaurantChange } from '../../store/restaurants/createRestaurantStore.js';
import type { CatalogContext, CatalogServices } from '../context.js';
import { EDITORS, maySee } from '../visibility.js';

/** How a change is made. */
export interface EditOptions {
  /** Whether reservations that stand and don't fit are no obstacle. */
  readonly keepReservations: boolean;
  readonly tells?: RestaurantChange['tells'];
}

/**
 * Changes a restaurant for somebody who may edit it.
 * @param decide gives the new state; may throw to refuse.
 * @throws Refused `NotFound`, `NotPermitted`, `ReservationsInConflict`.
 */
export async function editRestaurant(
  { store, restaurants }: CatalogServices,
  context: CatalogContext,
  id: string,
  { keepReservations, tells = 'restaurant' }: EditOptions,
  decide: (restaurant: Restaurant) => Restaurant,
): Promise<{ readonly __typename: 'RestaurantPayload'; readonly restaurant: Restaurant }> {
  const { identity } = context;
  requireUser(identity);
  const found = isId(id) ? await restaurants.find(id) : null;
  if (!found || !(await maySee(store.copies, identity, found))) throw notFound('restaurant', id);
  await requireOrganizationRight(store.copies, identity, {
    organizationId: found.organizationId,
    roles: EDITORS,
    listingId: id,
  });
  const changed = await restaurants.change(id, async (present, standing) => {
    const restaurant = decide(present);
    if (!keepReservations) await requireNoConflict(present, restaurant, standing);
    return { restaurant, tells };
  });
  if (!changed) throw notFound('restaurant', id);
  context.restaurants.clear(id);
  return { __typename: 'RestaurantPayload', restaurant: changed };
}

async function requireNoConflict(
  before: Restaurant,
  after: Restaurant,
  standing: () => Promise<readonly StandingReservation[]>,
): Promise<void> {
  const untouched =
    before.schedule === after.schedule &&
    before.areas === after.areas &&
    before.seating === after.seating &&
    before.timeZone === after.timeZone &&
    (before.status === after.status || after.status !== 'CLOSED');
  if (untouched) return;
  const conflicts = findConflicts(before, after, await standing());
  if (conflicts.length > 0) throw reservationsInConflict(conflicts, before.areas);
}
