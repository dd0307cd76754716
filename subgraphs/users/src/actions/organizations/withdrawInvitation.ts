import { isId, notFound, notInState } from '@foyer/platform';
import type { Services } from '../../services.js';
import type { Invitation } from '../../store/organizations.js';
import { changeOrganization, requireManager } from './changeOrganization.js';

/** Takes an open invitation back. @throws Refused `NotFound`, `NotPermitted`; `NotInState` when it was accepted. */
export async function withdrawInvitation(
  services: Services,
  actorId: string,
  id: string,
): Promise<Invitation> {
  const unseen = notFound('invitation', id);
  const invitation = isId(id)
    ? await services.database.client.invitation.findUnique({ where: { id } })
    : null;
  if (!invitation) throw unseen;
  return changeOrganization(
    services,
    invitation.organizationId,
    actorId,
    async ({ client, actor }) => {
      requireManager(actor);
      const present = await client.invitation.findUniqueOrThrow({ where: { id } });
      if (present.acceptedAt)
        throw notInState('It has been accepted. Remove the member instead.', 'ACCEPTED');
      if (present.withdrawnAt) return { result: present, events: [] };
      const result = await client.invitation.update({
        where: { id },
        data: { withdrawnAt: services.clock.now() },
      });
      return { result, events: [] };
    },
    unseen,
  );
}
