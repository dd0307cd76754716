import { findRestaurantCopy, hasOrganizationRight, type Queryable } from '@foyer/kafka';
import { hasPermission, type Identity } from '@foyer/platform';
import { FLOOR } from '../operations/staffRights.js';
import type { OrderRow } from '../store/orderRow.js';
import type { ReservationRow } from '../store/reservationRow.js';

/** Whether somebody may see an order: its buyer, owners and admins of who sold it, staff. */
export async function maySeeOrder(sql: Queryable, identity: Identity, order: OrderRow): Promise<boolean> {
  if (identity.kind !== 'user') return false;
  if (identity.userId === order.buyerId) return true;
  return hasOrganizationRight(sql, identity, {
    organizationId: order.organizationId,
    listingId: order.eventId,
    roles: ['OWNER', 'ADMIN'],
    orPermission: 'order:read-any',
  });
}

/** Whether somebody may see what is a person's own: the person, and staff. */
export function maySeeOwn(identity: Identity, userId: string): boolean {
  return (
    (identity.kind === 'user' && identity.userId === userId.toLowerCase()) ||
    hasPermission(identity, 'order:read-any')
  );
}

/** Whether somebody may see a reservation: whoever booked it, those who receive the restaurant's guests, staff. */
export async function maySeeReservation(
  sql: Queryable,
  identity: Identity,
  { userId, organizationId, restaurantId }: ReservationRow,
): Promise<boolean> {
  if (identity.kind === 'user' && identity.userId === userId) return true;
  return receives(sql, identity, organizationId, restaurantId);
}

/** Whether somebody may see all reservations of a restaurant: those who receive its guests, staff. */
export async function mayFollowRestaurant(
  sql: Queryable,
  identity: Identity,
  restaurantId: string,
): Promise<boolean> {
  const restaurant = await findRestaurantCopy(sql, restaurantId);
  return restaurant !== null && receives(sql, identity, restaurant.organizationId, restaurantId);
}

function receives(
  sql: Queryable,
  identity: Identity,
  organizationId: string,
  listingId: string,
): Promise<boolean> {
  const right = { organizationId, listingId, roles: FLOOR, orPermission: 'order:read-any' } as const;
  return hasOrganizationRight(sql, identity, right);
}
