import { isId } from '@foyer/platform';
import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import { managesOrganization, readsOrganization } from '../domain/organizationRoles.js';
import type { Services } from '../services.js';
import { listInvitations, listMembers } from '../store/lists.js';
import { grantOf, type Invitation, type Membership, type Organization } from '../store/organizations.js';
import { byId, seesEveryOrganization } from './queries.js';
import type { UsersContext } from './usersContext.js';

/** Resolvers of `Organization`. Its name and verification are public; the rest is for members, DOOR aside, and staff. */
export function organizationResolvers({ database, clock }: Services) {
  const readsInside = async ({ id }: Organization, context: UsersContext): Promise<boolean> => {
    if (seesEveryOrganization(context)) return true;
    const own = await context.ownMemberships.load(id);
    return own !== null && readsOrganization(grantOf(own));
  };
  return {
    __resolveReference: ({ id }: { id: string }, { organizations }: UsersContext) =>
      isId(id) ? organizations.load(id) : null,
    verified: ({ verifiedAt }: Organization) => verifiedAt !== null,
    createdAt: async (organization: Organization, _: unknown, context: UsersContext) =>
      (await readsInside(organization, context)) ? organization.createdAt : null,
    myMembership: ({ id }: Organization, _: unknown, { ownMemberships }: UsersContext) =>
      ownMemberships.load(id),
    async members(organization: Organization, args: PageArguments, context: UsersContext) {
      if (!(await readsInside(organization, context))) return null;
      const page = readPage(args, { order: 'member', key: 'ID' });
      const rows = await listMembers(database, organization.id, page);
      return connectionFrom(rows, page, ({ accountId }) => byId({ id: accountId }));
    },
    async invitations({ id }: Organization, args: PageArguments, { ownMemberships }: UsersContext) {
      const own = await ownMemberships.load(id);
      if (!own || !managesOrganization(grantOf(own))) return null;
      const page = readPage(args, { order: 'invitation', key: 'ID' });
      return connectionFrom(await listInvitations(database, id, clock.now(), page), page, byId);
    },
  };
}

/** Resolvers of `Membership`. */
export const membershipResolvers = {
  organization: ({ organizationId }: Membership, _: unknown, { organizations }: UsersContext) =>
    organizations.load(organizationId),
  user: ({ accountId }: Membership) => ({ id: accountId }),
  listingIds: (membership: Membership) => grantOf(membership).listingIds,
};

/** Resolvers of `Invitation`. */
export const invitationResolvers = {
  listingIds: (invitation: Invitation) => grantOf(invitation).listingIds,
};
