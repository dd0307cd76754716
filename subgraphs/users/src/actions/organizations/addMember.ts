import { OrganizationMemberAdded } from '@foyer/kafka';
import { notFound } from '@foyer/platform';
import type { Grant } from '../../domain/organizationRoles.js';
import type { StoreServices } from '../../services.js';
import { grantColumns, lockOrganization } from '../../store/organizations.js';
import { memberEvent } from './organizationEvents.js';

/** Makes somebody a member from within, without an invitation. @throws Refused `NotFound`. */
export async function addMember(
  { database, outbox, clock }: Pick<StoreServices, 'database' | 'outbox' | 'clock'>,
  { organizationId, userId, ...grant }: Grant & { readonly organizationId: string; readonly userId: string },
): Promise<void> {
  await database.transaction(async (client, sql) => {
    if (!(await lockOrganization(client, sql, organizationId)))
      throw notFound('organization', organizationId);
    const membership = await client.membership.create({
      data: { organizationId, accountId: userId, ...grantColumns(grant), joinedAt: clock.now() },
    });
    await outbox.appendAll(sql, [memberEvent(OrganizationMemberAdded, membership)]);
  });
}
