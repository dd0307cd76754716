import type { Page } from '@foyer/schema';
import type { UsersDatabase } from './openUsersDatabase.js';
import type { Account } from './accounts.js';
import type { Invitation, Membership, Organization } from './organizations.js';
import type { Session } from './sessions.js';

/** Ids are UUIDv7: their order is that of making, to the millisecond. */
const beyond = ({ after }: Page): string | null => after?.id ?? null;

/** Accounts whose email or name contains a text, newest first. @param search null finds all. */
export async function listAccounts(
  { pool, client }: UsersDatabase,
  search: string | null,
  page: Page,
): Promise<Account[]> {
  const pattern = search === null ? null : `%${search.toLowerCase().replace(/[\\%_]/g, '\\$&')}%`;
  const conditions = [
    '$1::uuid is null or id < $1',
    ...(pattern === null ? [] : [`email || ' ' || lower(name) like $3`]),
  ];
  const { rows } = await pool.query<{ id: string }>(
    `select id from account where ${conditions.map((each) => `(${each})`).join(' and ')} order by id desc limit $2`,
    [beyond(page), page.limit, ...(pattern === null ? [] : [pattern])],
  );
  return client.account.findMany({
    where: { id: { in: rows.map(({ id }) => id) } },
    orderBy: { id: 'desc' },
  });
}

/** Living sessions of an account, newest first. */
export async function listSessions(
  { client }: UsersDatabase,
  accountId: string,
  now: Date,
  page: Page,
): Promise<Session[]> {
  const after = beyond(page);
  return client.session.findMany({
    where: { accountId, endedAt: null, expiresAt: { gt: now }, ...(after && { id: { lt: after } }) },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
}

/** Organizations, newest first. @param verified null finds both. */
export async function listOrganizations(
  { client }: UsersDatabase,
  verified: boolean | null,
  page: Page,
): Promise<Organization[]> {
  const after = beyond(page);
  return client.organization.findMany({
    where: {
      ...(after && { id: { lt: after } }),
      ...(verified !== null && { verifiedAt: verified ? { not: null } : null }),
    },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
}

/** Memberships of a person, by organization. */
export async function listMemberships(
  { client }: UsersDatabase,
  accountId: string,
  page: Page,
): Promise<Membership[]> {
  const after = beyond(page);
  return client.membership.findMany({
    where: { accountId, ...(after && { organizationId: { gt: after } }) },
    orderBy: { organizationId: 'asc' },
    take: page.limit,
  });
}

/** Members of an organization, by account. */
export async function listMembers(
  { client }: UsersDatabase,
  organizationId: string,
  page: Page,
): Promise<Membership[]> {
  const after = beyond(page);
  return client.membership.findMany({
    where: { organizationId, ...(after && { accountId: { gt: after } }) },
    orderBy: { accountId: 'asc' },
    take: page.limit,
  });
}

/** Open invitations of an organization, newest first. */
export async function listInvitations(
  { client }: UsersDatabase,
  organizationId: string,
  now: Date,
  page: Page,
): Promise<Invitation[]> {
  const after = beyond(page);
  return client.invitation.findMany({
    where: {
      organizationId,
      acceptedAt: null,
      withdrawnAt: null,
      expiresAt: { gt: now },
      ...(after && { id: { lt: after } }),
    },
    orderBy: { id: 'desc' },
    take: page.limit,
  });
}
