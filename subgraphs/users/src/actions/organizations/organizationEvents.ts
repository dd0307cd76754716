import {
  type OrganizationCreated,
  type OrganizationMemberAdded,
  type OrganizationMemberChanged,
  type OrganizationUpdated,
  outboxEvent,
  type OutboxEvent,
} from '@foyer/kafka';
import { grantOf, type Membership, type Organization } from '../../store/organizations.js';

/** What others know of an organization. */
export function organizationEvent(
  definition: typeof OrganizationCreated | typeof OrganizationUpdated,
  { id, name, verifiedAt }: Organization,
): OutboxEvent {
  return outboxEvent(definition, {
    aggregateId: id,
    data: { organizationId: id, name, verified: verifiedAt !== null },
  });
}

/** What others know of a membership. */
export function memberEvent(
  definition: typeof OrganizationMemberAdded | typeof OrganizationMemberChanged,
  membership: Membership,
): OutboxEvent {
  const { role, listingIds } = grantOf(membership);
  return outboxEvent(definition, {
    aggregateId: membership.organizationId,
    data: {
      organizationId: membership.organizationId,
      userId: membership.accountId,
      role,
      listingIds: listingIds === null ? null : [...listingIds],
    },
  });
}
