import type { OutboxEvent } from '@foyer/kafka';
import { isId, notFound, notPermitted, type Refused, type SqlTransaction } from '@foyer/platform';
import { managesOrganization, type Grant } from '../../domain/organizationRoles.js';
import type { StoreServices } from '../../services.js';
import type { UsersTransaction } from '../../store/openUsersDatabase.js';
import { findMembership, grantOf, lockOrganization, type Organization } from '../../store/organizations.js';

/** What a change to a locked organization works with. */
export interface OrganizationChange {
  readonly client: UsersTransaction;
  readonly sql: SqlTransaction;
  readonly organization: Organization;
  /** What the asking person is in it, read under the lock. */
  readonly actor: Grant;
}

/** What a change did. */
export interface ChangeOutcome<Result> {
  readonly result: Result;
  readonly events: readonly OutboxEvent[];
}

/**
 * Changes an organization, its members or its invitations under its lock, so that each change is decided by what the
 * one before has left, and events stand in their order.
 * @param actorId a member; for everybody else the organization does not exist.
 * @param unseen what they are told.
 * @throws Refused `NotFound`, and what `change` throws.
 */
export async function changeOrganization<Result>(
  { database, outbox }: Pick<StoreServices, 'database' | 'outbox'>,
  organizationId: string,
  actorId: string,
  change: (context: OrganizationChange) => Promise<ChangeOutcome<Result>>,
  unseen: Refused = notFound('organization', organizationId),
): Promise<Result> {
  if (!isId(organizationId)) throw unseen;
  return database.transaction(async (client, sql) => {
    const organization = await lockOrganization(client, sql, organizationId);
    const membership = organization && (await findMembership(client, organizationId, actorId));
    if (!membership) throw unseen;
    const { result, events } = await change({ client, sql, organization, actor: grantOf(membership) });
    await outbox.appendAll(sql, events);
    return result;
  });
}

/** @throws Refused `NotPermitted` unless the person has a say in the organization itself. */
export function requireManager(actor: Grant): void {
  if (!managesOrganization(actor))
    throw notPermitted('Only an OWNER or ADMIN of the whole organization may do this.');
}
