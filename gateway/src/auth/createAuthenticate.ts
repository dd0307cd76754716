import { accessIdentity, TokenRejected, type Log, type TokenVerifier } from '@foyer/platform';
import { GraphQLError } from 'graphql';
import type { EndedSessions } from '../sessions/endedSessions.js';
import { bearerToken } from './bearerToken.js';
import type { Caller } from './caller.js';
import { unauthenticated } from './unauthenticated.js';

/**
 * Finds out who is asking.
 * @param authorization the `Authorization` header; undefined makes a guest.
 * @param address the client's address.
 * @param agent digest of the client's `User-Agent`; absent when it is not known.
 * @throws GraphQLError `UNAUTHENTICATED` (status 401) with its reason for whatever else than a living access token, and
 * `SERVICE_UNAVAILABLE` (503) when the keys to check it with can't be had.
 */
export type Authenticate = (
  authorization: string | undefined,
  address: string,
  agent?: string,
) => Promise<Caller>;

/** @param accessTokens verifies people's access tokens. @param endedSessions whose tokens are good no longer. */
export function createAuthenticate(
  accessTokens: TokenVerifier,
  endedSessions: EndedSessions,
  log: Log,
): Authenticate {
  return async (authorization, address, agent) => {
    if (authorization === undefined || authorization === '') {
      const guest = { kind: 'guest', address, ...(agent !== undefined && { agent }) } as const;
      return { identity: guest, expiresAt: null };
    }
    const token = bearerToken(authorization);
    if (token === undefined) throw unauthenticated('INVALID');
    try {
      const claims = await accessTokens.verify(token);
      const identity = accessIdentity(claims, address, agent);
      if (endedSessions.has(identity.sessionId)) throw unauthenticated('SESSION_ENDED');
      return { identity, expiresAt: (claims.exp ?? 0) * 1000 };
    } catch (error) {
      if (error instanceof GraphQLError) throw error;
      if (error instanceof TokenRejected) throw unauthenticated(error.fault);
      log.error({ err: error }, 'access tokens cannot be checked');
      throw new GraphQLError('Sign-in can’t be checked at the moment: try again soon.', {
        extensions: { code: 'SERVICE_UNAVAILABLE', http: { status: 503 } },
      });
    }
  };
}
