import { GraphQLError } from 'graphql';
import type { Identity, ServiceIdentity, SubgraphName, UserIdentity } from './identity.js';
import type { Permission } from './permissions.js';

/**
 * The signed-in person who asks.
 * @throws GraphQLError `UNAUTHENTICATED` for guests, `FORBIDDEN` for services.
 */
export function requireUser(identity: Identity): UserIdentity {
  if (identity.kind === 'user') return identity;
  if (identity.kind === 'guest') {
    throw new GraphQLError('Log in first.', { extensions: { code: 'UNAUTHENTICATED' } });
  }
  throw new GraphQLError('Only people may do this.', { extensions: { code: 'FORBIDDEN' } });
}

/**
 * The signed-in person, who must hold a platform permission.
 * @throws GraphQLError `UNAUTHENTICATED` or `FORBIDDEN`.
 */
export function requirePermission(identity: Identity, permission: Permission): UserIdentity {
  const user = requireUser(identity);
  if (user.scopes.includes(permission)) return user;
  throw new GraphQLError(`This needs the permission ${permission}.`, { extensions: { code: 'FORBIDDEN' } });
}

/**
 * The service that asks: one of those named.
 * @throws GraphQLError `FORBIDDEN` for anybody else.
 */
export function requireService(identity: Identity, ...allowed: readonly SubgraphName[]): ServiceIdentity {
  if (identity.kind === 'service' && allowed.includes(identity.service)) return identity;
  throw new GraphQLError('Only other parts of the system may do this.', {
    extensions: { code: 'FORBIDDEN' },
  });
}
