import { hasOrganizationRight, type Queryable } from '@foyer/kafka';
import { hasPermission, type Identity } from '@foyer/platform';
import type { OrderRow } from '../store/orderRow.js';

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
