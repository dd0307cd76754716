import type { SqlTransaction } from '@foyer/platform';
import type { Prisma } from '@foyer/prisma/users';
import type { Grant, OrganizationRole } from '../domain/organizationRoles.js';
import type { UsersTransaction } from './openUsersDatabase.js';

/** An organization as it is stored. */
export type Organization = Prisma.OrganizationGetPayload<object>;

/** A membership as it is stored. */
export type Membership = Prisma.MembershipGetPayload<object>;

/** An invitation as it is stored. */
export type Invitation = Prisma.InvitationGetPayload<object>;

/** What a stored role means. */
export function grantOf(row: Pick<Membership, 'role' | 'limited' | 'listingIds'>): Grant {
  return { role: row.role as OrganizationRole, listingIds: row.limited ? row.listingIds : null };
}

/** How a role is stored. */
export function grantColumns({ role, listingIds }: Grant): {
  readonly role: OrganizationRole;
  readonly limited: boolean;
  readonly listingIds: string[];
} {
  return { role, limited: listingIds !== null, listingIds: [...new Set(listingIds ?? [])] };
}

/** Locks an organization, with its members and invitations, and reads it as it then is; null when there is none. */
export async function lockOrganization(
  client: UsersTransaction,
  sql: SqlTransaction,
  id: string,
): Promise<Organization | null> {
  await sql.query('select from organization where id = $1 for no key update', [id]);
  return client.organization.findUnique({ where: { id } });
}

/** A person's membership; null when there is none. */
export async function findMembership(
  client: UsersTransaction,
  organizationId: string,
  accountId: string,
): Promise<Membership | null> {
  return client.membership.findUnique({ where: { organizationId_accountId: { organizationId, accountId } } });
}

/** Whether somebody besides this person, with an account in use, owns the whole organization. */
export async function hasOtherOwner(
  client: UsersTransaction,
  organizationId: string,
  accountId: string,
): Promise<boolean> {
  const others = await client.membership.count({
    where: {
      organizationId,
      role: 'OWNER',
      limited: false,
      NOT: { accountId },
      account: { deactivatedAt: null },
    },
  });
  return others > 0;
}
