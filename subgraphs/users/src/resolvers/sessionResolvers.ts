import type { Session } from '../store/sessions.js';
import type { UsersContext } from './usersContext.js';

/** Resolvers of `Session`. */
export const sessionResolvers = {
  current: ({ id }: Session, _: unknown, { identity }: UsersContext) =>
    identity.kind === 'user' && identity.sessionId === id,
};
