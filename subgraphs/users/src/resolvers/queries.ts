import { hasPermission, invalidArguments, isId, isLine, normalText } from '@foyer/platform';
import { connectionFrom, readPage, type PageArguments } from '@foyer/schema';
import type { Services } from '../services.js';
import { listAccounts, listOrganizations } from '../store/lists.js';
import { requirePerson } from './requirePerson.js';
import { seesEverybody, type UsersContext } from './usersContext.js';

const LONGEST_SEARCH = 255;

/** Resolvers of the queries. */
export function queryResolvers({ database }: Services) {
  return {
    async me(_: unknown, __: unknown, context: UsersContext) {
      const { userId } = await requirePerson(database, context);
      return { id: userId };
    },
    async user(_: unknown, { id }: { id: string }, context: UsersContext) {
      await requirePerson(database, context, 'user:read');
      return isId(id) && (await context.accounts.load(id)) ? { id } : null;
    },
    async users(
      _: unknown,
      { search, ...args }: PageArguments & { search?: string | null },
      context: UsersContext,
    ) {
      await requirePerson(database, context, 'user:read');
      const page = readPage(args, { order: 'account', key: 'ID' });
      const text = normalText(search ?? '') || null;
      if (text !== null && (text.length > LONGEST_SEARCH || !isLine(text))) {
        const message = `Search for one line of at most ${LONGEST_SEARCH} characters.`;
        throw invalidArguments([{ path: 'search', rule: 'NOT_A_SEARCH', message }]);
      }
      const rows = await listAccounts(database, text, page);
      return connectionFrom(rows, page, byId);
    },
    async organization(_: unknown, { id }: { id: string }, context: UsersContext) {
      const person = await requirePerson(database, context);
      if (!isId(id)) return null;
      const visible = seesEverybody(person) || (await context.ownMemberships.load(id)) !== null;
      return visible ? context.organizations.load(id) : null;
    },
    async organizations(
      _: unknown,
      { verified, ...args }: PageArguments & { verified?: boolean | null },
      context: UsersContext,
    ) {
      await requirePerson(database, context, 'organization:verify');
      const page = readPage(args, { order: 'organization', key: 'ID' });
      return connectionFrom(await listOrganizations(database, verified ?? null, page), page, byId);
    },
  };
}

/** Position of a thing in a list that stands in the order of ids. */
export function byId({ id }: { readonly id: string }): { readonly key: string; readonly id: string } {
  return { key: id, id };
}

/** Whether somebody may look into every organization. */
export function seesEveryOrganization({ identity }: UsersContext): boolean {
  return seesEverybody(identity) || hasPermission(identity, 'organization:verify');
}
