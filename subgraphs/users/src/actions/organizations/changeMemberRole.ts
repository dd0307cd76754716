import { OrganizationMemberChanged } from '@foyer/kafka';
import { InputCheck, isId, notFound, notPermitted } from '@foyer/platform';
import { checkListingIds, mayAssign, ownsOrganization, type Grant } from '../../domain/organizationRoles.js';
import { lastOwner } from '../../domain/refusals.js';
import type { Services } from '../../services.js';
import {
  findMembership,
  grantColumns,
  grantOf,
  hasOtherOwner,
  type Membership,
} from '../../store/organizations.js';
import { changeOrganization, requireManager } from './changeOrganization.js';
import { memberEvent } from './organizationEvents.js';

/** Which member becomes what. */
export interface ChangeMemberRoleInput extends Grant {
  readonly organizationId: string;
  readonly userId: string;
}

/**
 * Changes what a member may do. Who is OWNER, only an OWNER decides.
 * @throws Refused `InvalidInput`, `NotFound`, `NotPermitted`, `LastOneStays`.
 */
export async function changeMemberRole(
  services: Services,
  actorId: string,
  input: ChangeMemberRoleInput,
): Promise<Membership> {
  const { organizationId, userId } = input;
  checkListingIds(new InputCheck(), 'input.listingIds', input.listingIds).done();
  return changeOrganization(services, organizationId, actorId, async ({ client, actor }) => {
    requireManager(actor);
    const member = isId(userId) ? await findMembership(client, organizationId, userId) : null;
    if (!member) throw notFound('member', userId);
    const present = grantOf(member);
    if (!mayAssign(actor, present.role) || !mayAssign(actor, input.role)) {
      throw notPermitted('Only an OWNER may make an OWNER, or change one.');
    }
    const losesOwner = ownsOrganization(present) && !ownsOrganization(input);
    if (losesOwner && !(await hasOtherOwner(client, organizationId, userId))) throw lastOwner();
    const result = await client.membership.update({
      where: { organizationId_accountId: { organizationId, accountId: userId } },
      data: grantColumns(input),
    });
    return { result, events: [memberEvent(OrganizationMemberChanged, result)] };
  });
}
