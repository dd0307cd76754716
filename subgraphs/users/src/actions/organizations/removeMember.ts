import { OrganizationMemberRemoved, outboxEvent } from '@foyer/kafka';
import { isId, notFound, notPermitted } from '@foyer/platform';
import { mayAssign, ownsOrganization } from '../../domain/organizationRoles.js';
import { lastOwner } from '../../domain/refusals.js';
import type { Services } from '../../services.js';
import { findMembership, grantOf, hasOtherOwner, type Organization } from '../../store/organizations.js';
import { changeOrganization, requireManager } from './changeOrganization.js';

/**
 * Ends a membership: one's own, or as OWNER or ADMIN another's.
 * @throws Refused `NotFound`, `NotPermitted`, `LastOneStays`.
 */
export async function removeMember(
  services: Services,
  actorId: string,
  { organizationId, userId }: { readonly organizationId: string; readonly userId: string },
): Promise<Organization> {
  return changeOrganization(services, organizationId, actorId, async ({ client, organization, actor }) => {
    const member = isId(userId) ? await findMembership(client, organizationId, userId) : null;
    if (userId !== actorId) {
      requireManager(actor);
      if (member && !mayAssign(actor, grantOf(member).role))
        throw notPermitted('Only an OWNER may remove an OWNER.');
    }
    if (!member) throw notFound('member', userId);
    if (ownsOrganization(grantOf(member)) && !(await hasOtherOwner(client, organizationId, userId)))
      throw lastOwner();
    await client.membership.delete({
      where: { organizationId_accountId: { organizationId, accountId: userId } },
    });
    const event = outboxEvent(OrganizationMemberRemoved, {
      aggregateId: organizationId,
      data: { organizationId, userId },
    });
    return { result: organization, events: [event] };
  });
}
