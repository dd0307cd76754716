import { withRefusals } from '@foyer/platform';
import { limit } from '../actions/limit.js';
import { acceptInvitation } from '../actions/organizations/acceptInvitation.js';
import { changeMemberRole } from '../actions/organizations/changeMemberRole.js';
import { createOrganization } from '../actions/organizations/createOrganization.js';
import { handOverOrganization } from '../actions/organizations/handOverOrganization.js';
import { inviteMember } from '../actions/organizations/inviteMember.js';
import { removeMember } from '../actions/organizations/removeMember.js';
import { renameOrganization } from '../actions/organizations/renameOrganization.js';
import { withdrawInvitation } from '../actions/organizations/withdrawInvitation.js';
import type { OrganizationRole } from '../domain/organizationRoles.js';
import type { Services } from '../services.js';
import type { Invitation, Membership, Organization } from '../store/organizations.js';
import { requirePerson } from './requirePerson.js';
import type { UsersContext } from './usersContext.js';

interface Named {
  readonly organizationId: string;
}

interface GrantInput extends Named {
  readonly role: OrganizationRole;
  readonly listingIds?: readonly string[] | null;
}

/** A mutation's resolver: the signed-in person does `work`, which gives the payload's content. */
type Member<Arguments, Result> = (personId: string, args: Arguments) => Promise<Result>;

/** Resolvers of what members do with their organizations. */
export function organizationMutations(services: Services) {
  const { database, configuration, rateLimiter } = services;
  const asPerson = <Arguments, Result extends object>(work: Member<Arguments, Result>) =>
    withRefusals(async (_: unknown, args: Arguments, context: UsersContext) => {
      const { userId } = await requirePerson(database, context);
      return work(userId, args);
    });
  const organizationPayload = (organization: Organization) => ({
    __typename: 'OrganizationPayload',
    organization,
  });
  const membershipPayload = (membership: Membership) => ({ __typename: 'MembershipPayload', membership });
  const invitationPayload = (invitation: Invitation) => ({ __typename: 'InvitationPayload', invitation });
  return {
    createOrganization: withRefusals(
      async (_: unknown, { input }: { input: { name: string } }, context: UsersContext) => {
        const { userId } = await requirePerson(database, context, 'organization:create');
        await limit(rateLimiter, configuration.organizationLimit, userId, 'new organizations');
        return organizationPayload(await createOrganization(services, { ...input, ownerId: userId }));
      },
    ),
    renameOrganization: asPerson(async (personId, { input }: { input: Named & { name: string } }) =>
      organizationPayload(await renameOrganization(services, personId, input)),
    ),
    inviteMember: asPerson(async (personId, { input }: { input: GrantInput & { email: string } }) =>
      invitationPayload(
        await inviteMember(services, personId, { ...input, listingIds: input.listingIds ?? null }),
      ),
    ),
    withdrawInvitation: asPerson(async (personId, { id }: { id: string }) =>
      invitationPayload(await withdrawInvitation(services, personId, id)),
    ),
    acceptInvitation: asPerson(async (personId, { token }: { token: string }) =>
      membershipPayload(await acceptInvitation(services, personId, token)),
    ),
    changeMemberRole: asPerson(async (personId, { input }: { input: GrantInput & { userId: string } }) =>
      membershipPayload(
        await changeMemberRole(services, personId, { ...input, listingIds: input.listingIds ?? null }),
      ),
    ),
    removeMember: asPerson(async (personId, { input }: { input: Named & { userId: string } }) =>
      organizationPayload(await removeMember(services, personId, input)),
    ),
    handOverOrganization: asPerson(async (personId, { input }: { input: Named & { userId: string } }) =>
      organizationPayload(await handOverOrganization(services, personId, input)),
    ),
  };
}
