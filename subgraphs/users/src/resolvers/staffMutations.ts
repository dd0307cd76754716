import { isId, notFound, withRefusals, type Role } from '@foyer/platform';
import { deactivateUser } from '../actions/deactivateUser.js';
import { verifyOrganization } from '../actions/organizations/verifyOrganization.js';
import { reactivateUser } from '../actions/reactivateUser.js';
import { setUserRole } from '../actions/setUserRole.js';
import type { Services } from '../services.js';
import { requirePerson } from './requirePerson.js';
import type { UsersContext } from './usersContext.js';

/** An id from outside. @throws Refused `NotFound` for what can't be one. */
function accountId(id: string): string {
  if (!isId(id)) throw notFound('account', id);
  return id;
}

/** Resolvers of what platform staff do. */
export function staffMutations(services: Services) {
  const { database } = services;
  const userPayload = (id: string) => ({ __typename: 'UserPayload', user: { id } });
  return {
    setUserRole: withRefusals(
      async (
        _: unknown,
        { input: { userId, role } }: { input: { userId: string; role: Exclude<Role, 'GUEST'> } },
        context: UsersContext,
      ) => {
        await requirePerson(database, context, 'role:manage');
        await setUserRole(services, accountId(userId), role);
        return userPayload(userId);
      },
    ),
    deactivateUser: withRefusals(async (_: unknown, { id }: { id: string }, context: UsersContext) => {
      const person = await requirePerson(database, context, 'user:manage');
      await deactivateUser(services, person, accountId(id));
      return userPayload(id);
    }),
    reactivateUser: withRefusals(async (_: unknown, { id }: { id: string }, context: UsersContext) => {
      await requirePerson(database, context, 'user:manage');
      await reactivateUser(services, accountId(id));
      return userPayload(id);
    }),
    verifyOrganization: withRefusals(
      async (
        _: unknown,
        { input: { organizationId, verified } }: { input: { organizationId: string; verified: boolean } },
        context: UsersContext,
      ) => {
        await requirePerson(database, context, 'organization:verify');
        if (!isId(organizationId)) throw notFound('organization', organizationId);
        const organization = await verifyOrganization(services, organizationId, verified);
        return { __typename: 'OrganizationPayload', organization };
      },
    ),
  };
}
