import { hasOrganizationRight, type Queryable } from '@foyer/kafka';
import type { Identity } from '@foyer/platform';
import { matchesAccessCode } from '../domain/accessCode.js';
import type { Listing } from '../domain/book.js';
import type { ListingView, OfferView } from '../domain/listingView.js';

const MEMBERS = ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'DOOR'] as const;

/** Roles that may change what is sold. */
export const EDITORS = ['OWNER', 'ADMIN', 'EDITOR'] as const;

/** Whether somebody sees everything of a listing: members of its organization, staff, and other subgraphs. */
export async function isInsider(
  copies: Queryable,
  identity: Identity,
  listing: Pick<Listing, 'id' | 'organizationId'>,
): Promise<boolean> {
  if (identity.kind === 'service') return true;
  return hasOrganizationRight(copies, identity, {
    organizationId: listing.organizationId,
    roles: MEMBERS,
    listingId: listing.id,
    orPermission: 'event:approve',
  });
}

/** The offers of a listing that somebody may see; none of one that is not public, for people outside. */
export async function visibleOffers(
  copies: Queryable,
  identity: Identity,
  { listing, offers }: ListingView,
  accessCode: string | null,
): Promise<readonly OfferView[]> {
  const isPublic = listing.status === 'PUBLISHED' || listing.status === 'CANCELLED';
  const open = offers.filter(
    ({ offer: { accessCodeHash } }) =>
      accessCodeHash === null || matchesAccessCode(accessCode, accessCodeHash),
  );
  if (isPublic && open.length === offers.length) return offers;
  if (await isInsider(copies, identity, listing)) return offers;
  return isPublic ? open : [];
}
