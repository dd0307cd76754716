import { OrganizationMemberAdded } from '@foyer/kafka';
import { normalEmailAddress, notPermitted } from '@foyer/platform';
import { mailTokenRefused } from '../../domain/refusals.js';
import type { Services } from '../../services.js';
import {
  findMembership,
  grantColumns,
  grantOf,
  lockOrganization,
  type Membership,
} from '../../store/organizations.js';
import { hashSecret } from '../../tokens/opaqueToken.js';
import { memberEvent } from './organizationEvents.js';

/**
 * Makes the asking person a member. The invitation is for the account with the email it was sent to. Accepting again
 * gives the membership again: the answer may have been lost.
 * @throws Refused `MailTokenRefused`; `NotPermitted` for another account.
 */
export async function acceptInvitation(
  services: Services,
  accountId: string,
  token: string,
): Promise<Membership> {
  const { database, outbox, clock } = services;
  const tokenHash = hashSecret(token);
  const known = await database.client.invitation.findUnique({ where: { tokenHash } });
  if (!known) throw mailTokenRefused();
  return database.transaction(async (client, sql) => {
    await lockOrganization(client, sql, known.organizationId);
    const invitation = await client.invitation.findUniqueOrThrow({ where: { tokenHash } });
    const account = await client.account.findUniqueOrThrow({ where: { id: accountId } });
    const { id, organizationId, email, acceptedAt, withdrawnAt, expiresAt } = invitation;
    if (normalEmailAddress(account.email) !== email) {
      throw notPermitted(
        `This invitation is for ${email}. Log in with that address, or have this one invited.`,
      );
    }
    const present = await findMembership(client, organizationId, accountId);
    if (acceptedAt && present) return present;
    const now = clock.now();
    if (acceptedAt || withdrawnAt || expiresAt <= now) throw mailTokenRefused();
    await client.invitation.update({ where: { id }, data: { acceptedAt: now } });
    if (present) return present;
    const membership = await client.membership.create({
      data: { organizationId, accountId, ...grantColumns(grantOf(invitation)), joinedAt: now },
    });
    await outbox.appendAll(sql, [memberEvent(OrganizationMemberAdded, membership)]);
    return membership;
  });
}
