import { hasOrganizationRight, type Queryable } from '@foyer/kafka';
import type { Identity } from '@foyer/platform';
import { GraphQLError } from 'graphql';
import { matchesAccessCode } from '../domain/accessCode.js';
import type { Listing } from '../domain/book.js';
import type { ListingView, OfferView } from '../domain/listingView.js';
import { showerOf, type AccessCodeGuard } from './createAccessCodeGuard.js';

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

/**
 * The offers of a listing that somebody may see; none of one that is not public, for people outside.
 * @param guard counts wrong codes; null where this code has been counted before.
 * @throws GraphQLError `RATE_LIMITED` with `retryAfter` in seconds, after too many wrong codes.
 */
export async function visibleOffers(
  { copies, guard }: { readonly copies: Queryable; readonly guard: AccessCodeGuard | null },
  identity: Identity,
  { listing, offers }: ListingView,
  accessCode: string | null,
): Promise<readonly OfferView[]> {
  const isPublic = listing.status === 'PUBLISHED' || listing.status === 'CANCELLED';
  const open = offers.filter(
    ({ offer: { accessCodeHash } }) =>
      accessCodeHash === null || matchesAccessCode(accessCode, accessCodeHash),
  );
  const hidden = offers.some(({ offer: { accessCodeHash } }) => accessCodeHash !== null);
  if (isPublic && !hidden) return offers;
  if (await isInsider(copies, identity, listing)) return offers;
  if (!isPublic) return [];
  const shower = accessCode === null ? null : showerOf(identity);
  if (guard && shower) {
    // Whoever shows the code of one class is not guessing those of the others.
    const right = open.some(({ offer: { accessCodeHash } }) => accessCodeHash !== null);
    const retryAfter = await guard.show(shower, listing.id, right);
    if (retryAfter > 0) throw tooManyCodes(retryAfter);
  }
  return open;
}

function tooManyCodes(retryAfter: number): GraphQLError {
  return new GraphQLError(`Too many wrong access codes. Try again in ${retryAfter} s.`, {
    extensions: { code: 'RATE_LIMITED', retryAfter },
  });
}
