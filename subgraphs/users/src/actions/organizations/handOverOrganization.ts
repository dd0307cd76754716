import { OrganizationMemberChanged } from '@foyer/kafka';
import { isId, notFound, notPermitted } from '@foyer/platform';
import { ownsOrganization } from '../../domain/organizationRoles.js';
import type { Services } from '../../services.js';
import { findMembership, grantColumns, type Organization } from '../../store/organizations.js';
import { changeOrganization } from './changeOrganization.js';
import { memberEvent } from './organizationEvents.js';

/**
 * Makes another member OWNER; the one who does so becomes ADMIN. Handing over to oneself changes nothing.
 * @throws Refused `NotFound`, `NotPermitted`.
 */
export async function handOverOrganization(
  services: Services,
  actorId: string,
  { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
): Promise<Organization> {
  return changeOrganization(services, organizationId, actorId, async ({ client, organization, actor }) => {
    if (!ownsOrganization(actor)) throw notPermitted('Only an OWNER may hand the organization over.');
    const heir = isId(userId) ? await findMembership(client, organizationId, userId) : null;
    if (!heir) throw notFound('member', userId);
    if (userId === actorId) return { result: organization, events: [] };
    const become = (accountId: string, role: 'OWNER' | 'ADMIN') =>
      client.membership.update({
        where: { organizationId_accountId: { organizationId, accountId } },
        data: grantColumns({ role, listingIds: null }),
      });
    const owner = await become(userId, 'OWNER');
    const former = await become(actorId, 'ADMIN');
    return {
      result: organization,
      events: [memberEvent(OrganizationMemberChanged, owner), memberEvent(OrganizationMemberChanged, former)],
    };
  });
}
