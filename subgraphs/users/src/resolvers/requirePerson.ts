import {
  requirePermission,
  requireUser,
  type Permission,
  type RequestContext,
  type UserIdentity,
} from '@foyer/platform';
import { GraphQLError } from 'graphql';
import type { UsersDatabase } from '../store/openUsersDatabase.js';

/**
 * The signed-in person, whose session has not ended: here that is known at once, while the gateway learns it by event.
 * @throws GraphQLError `UNAUTHENTICATED`, or `FORBIDDEN` without the permission.
 */
export async function requirePerson(
  database: UsersDatabase,
  { identity }: RequestContext,
  permission?: Permission,
): Promise<UserIdentity> {
  const person = permission ? requirePermission(identity, permission) : requireUser(identity);
  const session = await database.client.session.findFirst({
    where: { id: person.sessionId, accountId: person.userId, endedAt: null },
    select: { id: true },
  });
  if (session) return person;
  throw new GraphQLError('This session has ended. Log in again.', {
    extensions: { code: 'UNAUTHENTICATED' },
  });
}
