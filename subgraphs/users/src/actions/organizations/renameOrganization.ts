import { OrganizationUpdated } from '@foyer/kafka';
import { InputCheck, normalText } from '@foyer/platform';
import { checkName } from '../../domain/checkProfile.js';
import type { Services } from '../../services.js';
import type { Organization } from '../../store/organizations.js';
import { changeOrganization, requireManager } from './changeOrganization.js';
import { organizationEvent } from './organizationEvents.js';

/** Changes an organization's name. @throws Refused `InvalidInput`, `NotFound`, `NotPermitted`. */
export async function renameOrganization(
  services: Services,
  actorId: string,
  input: { readonly organizationId: string; readonly name: string },
): Promise<Organization> {
  const name = normalText(input.name);
  checkName(new InputCheck(), 'input.name', name).done();
  return changeOrganization(
    services,
    input.organizationId,
    actorId,
    async ({ client, organization, actor }) => {
      requireManager(actor);
      const result = await client.organization.update({ where: { id: organization.id }, data: { name } });
      return { result, events: [organizationEvent(OrganizationUpdated, result)] };
    },
  );
}
