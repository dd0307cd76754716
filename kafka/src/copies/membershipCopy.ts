import {
  hasPermission,
  inBatches,
  isId,
  notFound,
  notPermitted,
  requireUser,
  type Identity,
  type Permission,
} from '@foyer/platform';
import {
  OrganizationCreated,
  OrganizationMemberAdded,
  OrganizationMemberChanged,
  OrganizationMemberRemoved,
  OrganizationUpdated,
  type ORGANIZATION_ROLES,
} from '../contracts/index.js';
import type { EventDataOf } from '../event/defineEvent.js';
import { defineHandler, type HandlerTransaction } from '../inbox/defineHandler.js';
import { defineProjection } from '../rebuild/projection.js';
import type { Queryable } from './queryable.js';

/** A role in an organization. */
export type OrganizationRole = (typeof ORGANIZATION_ROLES)[number];

/** What somebody is in an organization. */
export interface MembershipCopy {
  readonly role: OrganizationRole;
  /** Listings that the role is limited to; null is all. */
  readonly listingIds: readonly string[] | null;
}

/** An organization as the copy knows it. */
export interface OrganizationCopy {
  readonly organizationId: string;
  readonly name: string;
  readonly verified: boolean;
}

// One name for all: they write the same rows, so they share one order of versions.
const name = 'membership-copy';

const setOrganization =
  (schema: string) =>
  async (
    { data }: { readonly data: EventDataOf<typeof OrganizationCreated> },
    { sql }: HandlerTransaction<unknown>,
  ): Promise<void> => {
    await sql.query(
      `insert into ${schema}.organization (organization_id, name, verified) values ($1, $2, $3)
       on conflict (organization_id) do update set name = excluded.name, verified = excluded.verified`,
      [data.organizationId, data.name, data.verified],
    );
  };

const setMember =
  (schema: string) =>
  async (
    { data }: { readonly data: EventDataOf<typeof OrganizationMemberAdded> },
    { sql }: HandlerTransaction<unknown>,
  ): Promise<void> => {
    await sql.query(
      `insert into ${schema}.membership (organization_id, user_id, role, listing_ids) values ($1, $2, $3, $4)
       on conflict (organization_id, user_id) do update set role = excluded.role, listing_ids = excluded.listing_ids`,
      [data.organizationId, data.userId, data.role, data.listingIds],
    );
  };

/** Who is what in which organization, as users tells it. */
export const membershipCopy = defineProjection({
  name,
  schema: 'copies',
  tables: ['membership', 'organization'],
  handlers: (schema) => [
    defineHandler(OrganizationCreated, { name, handle: setOrganization(schema) }),
    defineHandler(OrganizationUpdated, { name, handle: setOrganization(schema) }),
    defineHandler(OrganizationMemberAdded, { name, handle: setMember(schema) }),
    defineHandler(OrganizationMemberChanged, { name, handle: setMember(schema) }),
    defineHandler(OrganizationMemberRemoved, {
      name,
      handle: async ({ data }, { sql }) => {
        await sql.query(`delete from ${schema}.membership where organization_id = $1 and user_id = $2`, [
          data.organizationId,
          data.userId,
        ]);
      },
    }),
  ],
});

/** By `organization user`. */
const findMemberships = inBatches<Queryable, MembershipCopy>(async (sql, keys) => {
  const rows = await sql.query<{
    organization_id: string;
    user_id: string;
    role: OrganizationRole;
    listing_ids: string[] | null;
  }>(
    `select organization_id, user_id, role, listing_ids from copies.membership
     where (organization_id, user_id) in (select * from unnest($1::uuid[], $2::uuid[]))`,
    [keys.map((key) => key.split(' ')[0]), keys.map((key) => key.split(' ')[1])],
  );
  return new Map(
    rows.map((row) => [
      `${row.organization_id} ${row.user_id}`,
      { role: row.role, listingIds: row.listing_ids },
    ]),
  );
});

/** @returns null when the copy knows no such member. */
export function roleIn(
  sql: Queryable,
  organizationId: string,
  userId: string,
): Promise<MembershipCopy | null> {
  // What is no id would fail for everybody who asks at the same time.
  if (!isId(organizationId) || !isId(userId)) return Promise.resolve(null);
  return findMemberships(sql, `${organizationId.toLowerCase()} ${userId.toLowerCase()}`);
}

/** @returns null when the copy knows no such organization. */
export async function findOrganization(
  sql: Queryable,
  organizationId: string,
): Promise<OrganizationCopy | null> {
  const [row] = await sql.query<{ name: string; verified: boolean }>(
    `select name, verified from copies.organization where organization_id = $1`,
    [organizationId],
  );
  return row ? { organizationId, ...row } : null;
}

/** What is to be done, and who may. */
export interface OrganizationRight {
  readonly organizationId: string;
  readonly roles: readonly OrganizationRole[];
  /** The listing it is done to; a role limited to others does not count. */
  readonly listingId?: string;
  /** Staff with this permission may do it too. */
  readonly orPermission?: Permission;
}

/** Whether somebody may do something for an organization. Guests and services may not. */
export async function hasOrganizationRight(
  sql: Queryable,
  identity: Identity,
  right: OrganizationRight,
): Promise<boolean> {
  if (identity.kind !== 'user') return false;
  if (right.orPermission && hasPermission(identity, right.orPermission)) return true;
  const membership = await roleIn(sql, right.organizationId, identity.userId);
  return membership !== null && isCovered(membership, right);
}

/**
 * Makes sure that somebody may do something for an organization.
 * @throws GraphQLError `UNAUTHENTICATED` for guests.
 * @throws Refused `NotFound` for strangers (tenants don't learn of each other), `NotPermitted` for members whose role
 * does not cover it.
 */
export async function requireOrganizationRight(
  sql: Queryable,
  identity: Identity,
  right: OrganizationRight,
): Promise<void> {
  const user = requireUser(identity);
  if (right.orPermission && hasPermission(user, right.orPermission)) return;
  const membership = await roleIn(sql, right.organizationId, user.userId);
  if (!membership) throw notFound('organization', right.organizationId);
  if (!isCovered(membership, right)) {
    throw notPermitted(
      `This needs one of the roles ${right.roles.join(', ')} in the organization, for this listing.`,
    );
  }
}

function isCovered({ role, listingIds }: MembershipCopy, { roles, listingId }: OrganizationRight): boolean {
  return (
    roles.includes(role) &&
    (listingIds === null || (listingId !== undefined && listingIds.includes(listingId)))
  );
}
