import { HeaderMap } from '@apollo/server';
import { GraphQLError } from 'graphql';

/** Why a caller is not believed. */
export type UnauthenticatedReason = 'EXPIRED' | 'INVALID' | 'SESSION_ENDED';

const MESSAGES: Readonly<Record<UnauthenticatedReason, string>> = {
  EXPIRED: 'The access token has expired: refresh it and ask again.',
  INVALID: 'This is no access token of ours: sign in and show the token you get.',
  SESSION_ENDED: 'The session has ended: sign in again.',
};

/** The error for a token that was shown and can't be used. Such a caller is never taken for a guest. */
export function unauthenticated(reason: UnauthenticatedReason): GraphQLError {
  return new GraphQLError(MESSAGES[reason], {
    extensions: { code: 'UNAUTHENTICATED', reason, http: { status: 401, headers: challenge() } },
  });
}

/** RFC 6750 §3 */
function challenge(): HeaderMap {
  return new HeaderMap([['www-authenticate', 'Bearer error="invalid_token"']]);
}
