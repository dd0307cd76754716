import { OrganizationCreated, OrganizationMemberAdded } from '@foyer/kafka';
import { InputCheck, newId, normalText } from '@foyer/platform';
import { checkName } from '../../domain/checkProfile.js';
import type { StoreServices } from '../../services.js';
import type { Organization } from '../../store/organizations.js';
import { memberEvent, organizationEvent } from './organizationEvents.js';

/** An organization to make. */
export interface CreateOrganizationInput {
  readonly name: string;
  readonly ownerId: string;
  readonly verified?: boolean;
}

/** Makes an organization with its owner. @throws Refused `InvalidInput`. */
export async function createOrganization(
  { database, outbox, clock }: Pick<StoreServices, 'database' | 'outbox' | 'clock'>,
  { name: given, ownerId, verified = false }: CreateOrganizationInput,
): Promise<Organization> {
  const name = normalText(given);
  checkName(new InputCheck(), 'input.name', name).done();
  return database.transaction(async (client, sql) => {
    const now = clock.now();
    const organization = await client.organization.create({
      data: { id: newId(), name, verifiedAt: verified ? now : null, createdAt: now },
    });
    const membership = await client.membership.create({
      data: {
        organizationId: organization.id,
        accountId: ownerId,
        role: 'OWNER',
        limited: false,
        joinedAt: now,
      },
    });
    await outbox.appendAll(sql, [
      organizationEvent(OrganizationCreated, organization),
      memberEvent(OrganizationMemberAdded, membership),
    ]);
    return organization;
  });
}
