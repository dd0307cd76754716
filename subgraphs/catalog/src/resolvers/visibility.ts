import { hasOrganizationRight, type Queryable } from '@foyer/kafka';
import type { Identity } from '@foyer/platform';
import type { EventListing } from '../domain/event.js';

const MEMBERS = ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'DOOR'] as const;

/** Roles that may change an organization's listings. */
export const EDITORS = ['OWNER', 'ADMIN', 'EDITOR'] as const;

/**
 * Whether somebody may see an event: everybody one that is or was published (buyers look up what was cancelled), its
 * organization's members and staff every other.
 */
export async function maySee(copies: Queryable, identity: Identity, event: EventListing): Promise<boolean> {
  if (event.publishedAt !== null) return true;
  if (identity.kind === 'service') return true;
  return hasOrganizationRight(copies, identity, {
    organizationId: event.organizationId,
    roles: MEMBERS,
    listingId: event.id,
    orPermission: 'event:approve',
  });
}
