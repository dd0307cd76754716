import type { InputCheck } from '@foyer/platform/domain';
import { isId } from '@foyer/platform/domain';

/** Roles in an organization, the most powerful first. */
export const ORGANIZATION_ROLES = ['OWNER', 'ADMIN', 'EDITOR', 'VIEWER', 'DOOR'] as const;

/** A role in an organization. */
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

/** What a member may do, and where. */
export interface Grant {
  readonly role: OrganizationRole;
  /** Listings for which the role counts; null is all. */
  readonly listingIds: readonly string[] | null;
}

const MOST_LISTINGS = 100;

/** Whether a member has a say in the organization itself: its name, members and invitations. */
export function managesOrganization({ role, listingIds }: Grant): boolean {
  return listingIds === null && (role === 'OWNER' || role === 'ADMIN');
}

/** Whether a member may see who else belongs to it. DOOR checks tickets in and nothing else. */
export function readsOrganization({ role }: Pick<Grant, 'role'>): boolean {
  return role !== 'DOOR';
}

/** Whether a member owns the whole organization; there is always one who does. */
export function ownsOrganization({ role, listingIds }: Grant): boolean {
  return role === 'OWNER' && listingIds === null;
}

/** Whether a member may give a role or take it away: managers may, but only owners where an owner is concerned. */
export function mayAssign(actor: Grant, role: OrganizationRole): boolean {
  return managesOrganization(actor) && (role !== 'OWNER' || ownsOrganization(actor));
}

/** Notes what is wrong with a role's limits. */
export function checkListingIds(
  check: InputCheck,
  path: string,
  listingIds: readonly string[] | null,
): InputCheck {
  if (listingIds === null) return check;
  check.require(
    listingIds.length >= 1 && listingIds.length <= MOST_LISTINGS,
    path,
    'OUT_OF_RANGE',
    `Name 1 to ${MOST_LISTINGS} listings, or leave this out for all.`,
  );
  return check.require(listingIds.every(isId), path, 'NOT_AN_ID', 'Every one must be the id of a listing.');
}
