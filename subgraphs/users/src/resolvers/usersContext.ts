import { hasPermission, type Identity, type RequestContext } from '@foyer/platform';
import DataLoader from 'dataloader';
import type { Account } from '../store/accounts.js';
import type { UsersDatabase } from '../store/openUsersDatabase.js';
import type { Membership, Organization } from '../store/organizations.js';
import { findFellows } from '../store/findFellows.js';

/** How much of an account the asking person may see. */
export type Sight = 'ALL' | 'FELLOW' | 'NOTHING';

/** An account with what may be seen of it. */
export interface SeenAccount {
  readonly account: Account;
  readonly sight: Sight;
}

/** What the resolvers of one request share. */
export interface UsersContext extends RequestContext {
  /** Accounts by id; null for what is none. */
  readonly accounts: DataLoader<string, SeenAccount | null>;
  /** Organizations by id; null for what is none. */
  readonly organizations: DataLoader<string, Organization | null>;
  /** The asking person's memberships by organization; null for none. */
  readonly ownMemberships: DataLoader<string, Membership | null>;
}

/** Adds the loaders: each kind of thing is read once per request and tick. */
export function usersContext(base: RequestContext, { client }: UsersDatabase): UsersContext {
  const { identity } = base;
  const viewerId = identity.kind === 'user' ? identity.userId : null;
  return {
    ...base,
    accounts: new DataLoader(async (ids) => {
      const [rows, fellows] = await Promise.all([
        client.account.findMany({ where: { id: { in: [...ids] } } }),
        seesEverybody(identity) || viewerId === null ? new Set<string>() : findFellows(client, viewerId, ids),
      ]);
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => {
        const account = byId.get(id);
        if (!account) return null;
        if (id === viewerId || seesEverybody(identity)) return { account, sight: 'ALL' };
        return { account, sight: fellows.has(id) ? 'FELLOW' : 'NOTHING' };
      });
    }),
    organizations: new DataLoader(async (ids) => {
      const rows = await client.organization.findMany({ where: { id: { in: [...ids] } } });
      const byId = new Map(rows.map((row) => [row.id, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
    ownMemberships: new DataLoader(async (ids) => {
      if (viewerId === null) return ids.map(() => null);
      const rows = await client.membership.findMany({
        where: { accountId: viewerId, organizationId: { in: [...ids] } },
      });
      const byId = new Map(rows.map((row) => [row.organizationId, row]));
      return ids.map((id) => byId.get(id) ?? null);
    }),
  };
}

/** Whether somebody may read every account. */
export function seesEverybody(identity: Identity): boolean {
  return hasPermission(identity, 'user:read');
}
