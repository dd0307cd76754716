import { hasOrganizationRight, type Queryable } from '@foyer/kafka';
import type { Identity } from '@foyer/platform';

const MEMBERS = ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'DOOR'] as const;

/** Roles that may change an organization's listings. */
export const EDITORS = ['OWNER', 'ADMIN', 'EDITOR'] as const;

/** Roles that may do what gives money back. */
export const TREASURERS = ['OWNER', 'ADMIN'] as const;

/** What of a listing decides who may see it. */
export interface VisibleListing {
  readonly id: string;
  readonly organizationId: string;
  readonly publishedAt: Date | null;
}

/**
 * Whether somebody may see a listing: everybody one that is or was published (buyers look up what was cancelled), its
 * organization's members and staff every other.
 */
export async function maySee(
  copies: Queryable,
  identity: Identity,
  listing: VisibleListing,
): Promise<boolean> {
  if (listing.publishedAt !== null) return true;
  if (identity.kind === 'service') return true;
  return hasOrganizationRight(copies, identity, {
    organizationId: listing.organizationId,
    roles: MEMBERS,
    listingId: listing.id,
    orPermission: 'event:approve',
  });
}
