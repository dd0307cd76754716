import type { JwtPayload } from 'jsonwebtoken';
import type { UserIdentity } from './identity.js';
import { ROLES, type Permission, type Role } from './permissions.js';
import { TokenRejected } from './tokens.js';

/** The person whom a verified access token names. @throws TokenRejected when a claim is missing. */
export function accessIdentity(claims: JwtPayload, address: string, agent?: string): UserIdentity {
  const { sub, sid, scope } = claims as { sub?: unknown; sid?: unknown; scope?: unknown };
  const [role] = (claims as { roles?: unknown[] }).roles ?? [];
  if (typeof sub !== 'string' || typeof sid !== 'string' || typeof scope !== 'string') {
    throw new TokenRejected('INVALID', 'sub, sid or scope is missing');
  }
  if (!ROLES.some((known) => known === role)) throw new TokenRejected('INVALID', 'roles is missing');
  return {
    kind: 'user',
    userId: sub,
    sessionId: sid,
    role: role as Role,
    scopes: scope.split(' ') as Permission[],
    address,
    ...(agent !== undefined && { agent }),
  };
}
