import { isId } from '@foyer/platform';
import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import type { Services } from '../services.js';
import type { Account } from '../store/accounts.js';
import { listMemberships, listSessions } from '../store/lists.js';
import { byId } from './queries.js';
import type { UsersContext } from './usersContext.js';

interface UserParent {
  readonly id: string;
}

/** A field that the person and staff see. */
const privately =
  <Value>(read: (account: Account) => Value) =>
  async ({ id }: UserParent, _: unknown, { accounts }: UsersContext): Promise<Value | null> => {
    const seen = await accounts.load(id);
    return seen?.sight === 'ALL' ? read(seen.account) : null;
  };

/** A field that fellow members of an organization see as well. */
const amongFellows =
  <Value>(read: (account: Account) => Value) =>
  async ({ id }: UserParent, _: unknown, { accounts }: UsersContext): Promise<Value | null> => {
    const seen = await accounts.load(id);
    return seen && seen.sight !== 'NOTHING' ? read(seen.account) : null;
  };

/** Resolvers of `User`. */
export function userResolvers({ database, clock }: Services) {
  return {
    __resolveReference: ({ id }: UserParent) => (isId(id) ? { id } : null),
    name: amongFellows((account) => account.name),
    email: amongFellows((account) => account.email),
    phone: privately((account) => account.phone),
    language: privately((account) => account.language),
    emailVerified: privately((account) => account.emailVerifiedAt !== null),
    role: privately((account) => account.role),
    active: privately((account) => account.deactivatedAt === null),
    createdAt: privately((account) => account.createdAt),
    async preferences({ id }: UserParent, _: unknown, { identity, accounts }: UsersContext) {
      if (identity.kind !== 'user' || identity.userId !== id) return null;
      return (await accounts.load(id))?.account ?? null;
    },
    async sessions({ id }: UserParent, args: PageArguments, { identity }: UsersContext) {
      if (identity.kind !== 'user' || identity.userId !== id) return null;
      const page = readPage(args, { order: 'session', key: 'ID' });
      return connectionFrom(await listSessions(database, id, clock.now(), page), page, byId);
    },
    async memberships({ id }: UserParent, args: PageArguments, { accounts }: UsersContext) {
      if ((await accounts.load(id))?.sight !== 'ALL') return null;
      const page = readPage(args, { order: 'membership', key: 'ID' });
      const rows = await listMemberships(database, id, page);
      return connectionFrom(rows, page, ({ organizationId }) => byId({ id: organizationId }));
    },
  };
}
