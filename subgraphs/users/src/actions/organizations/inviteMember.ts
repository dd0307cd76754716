import { OrganizationInvitationCreated, outboxEvent } from '@foyer/kafka';
import { InputCheck, newId, normalEmailAddress, notInState, notPermitted } from '@foyer/platform';
import { checkEmail } from '../../domain/checkProfile.js';
import {
  checkListingIds,
  mayAssign,
  type Grant,
  type OrganizationRole,
} from '../../domain/organizationRoles.js';
import type { Services } from '../../services.js';
import { grantColumns, type Invitation } from '../../store/organizations.js';
import { hashSecret, newSecret } from '../../tokens/opaqueToken.js';
import { limit } from '../limit.js';
import { changeOrganization, requireManager } from './changeOrganization.js';

const DAY = 86_400_000;

/** Whom to invite, as what. */
export interface InviteMemberInput extends Grant {
  readonly organizationId: string;
  readonly email: string;
}

/**
 * Invites somebody by mail. An open invitation of the last day to the same address offers the new role from now on, and
 * no other mail is sent; an older one is withdrawn and sent anew.
 * @throws Refused `InvalidInput`, `NotFound`, `NotPermitted`, `RateLimited`; `NotInState` when it is a member's address.
 */
export async function inviteMember(
  services: Services,
  actorId: string,
  input: InviteMemberInput,
): Promise<Invitation> {
  const { clock, sealer, configuration, rateLimiter } = services;
  const { organizationId, role } = input;
  const email = normalEmailAddress(input.email);
  const check = checkEmail(new InputCheck(), 'input.email', email);
  checkListingIds(check, 'input.listingIds', input.listingIds).done();
  return changeOrganization(services, organizationId, actorId, async ({ client, organization, actor }) => {
    requireManager(actor);
    if (!mayAssign(actor, role)) throw notPermitted('Only an OWNER may make an OWNER.');
    const member = await client.membership.findFirst({ where: { organizationId, account: { email } } });
    if (member) throw notInState('This person is a member already. Change the role instead.', 'MEMBER');
    await limit(
      rateLimiter,
      configuration.invitationLimit,
      organizationId,
      'invitations from this organization',
    );
    const inviter = await client.account.findUniqueOrThrow({ where: { id: actorId } });
    const now = clock.now();
    const open = { organizationId, email, acceptedAt: null, withdrawnAt: null };
    const told = await client.invitation.findFirst({
      where: { ...open, expiresAt: { gt: now }, createdAt: { gt: new Date(now.getTime() - DAY) } },
    });
    if (told) {
      const data = { ...grantColumns(input), invitedBy: actorId };
      return { result: await client.invitation.update({ where: { id: told.id }, data }), events: [] };
    }
    await limit(
      rateLimiter,
      configuration.mailLimit,
      `invitation ${organizationId} ${email}`,
      'invitations to this address',
    );
    await client.invitation.updateMany({ where: open, data: { withdrawnAt: now } });
    const token = newSecret();
    const result = await client.invitation.create({
      data: {
        id: newId(),
        organizationId,
        email,
        ...grantColumns(input),
        invitedBy: actorId,
        tokenHash: hashSecret(token),
        createdAt: now,
        expiresAt: new Date(now.getTime() + configuration.invitationMs),
      },
    });
    const event = outboxEvent(OrganizationInvitationCreated, {
      aggregateId: organizationId,
      data: {
        organizationId,
        organizationName: organization.name,
        invitationId: result.id,
        email,
        role: result.role as OrganizationRole,
        invitedBy: inviter.name,
        sealedToken: sealer.seal('organization-invitation', token),
        expiresAt: result.expiresAt.toISOString(),
      },
    });
    return { result, events: [event] };
  });
}
