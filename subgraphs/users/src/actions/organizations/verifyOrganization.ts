import { OrganizationUpdated } from '@foyer/kafka';
import { notFound } from '@foyer/platform';
import type { Services } from '../../services.js';
import { lockOrganization, type Organization } from '../../store/organizations.js';
import { organizationEvent } from './organizationEvents.js';

/** Says that an organization is who it says it is, or takes that back. @throws Refused `NotFound`. */
export async function verifyOrganization(
  { database, outbox, clock }: Services,
  organizationId: string,
  verified: boolean,
): Promise<Organization> {
  return database.transaction(async (client, sql) => {
    const organization = await lockOrganization(client, sql, organizationId);
    if (!organization) throw notFound('organization', organizationId);
    if ((organization.verifiedAt !== null) === verified) return organization;
    const changed = await client.organization.update({
      where: { id: organizationId },
      data: { verifiedAt: verified ? clock.now() : null },
    });
    await outbox.appendAll(sql, [organizationEvent(OrganizationUpdated, changed)]);
    return changed;
  });
}
