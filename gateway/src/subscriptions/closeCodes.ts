import { GraphQLError } from 'graphql';

/** Why the gateway closes a WebSocket: code and name (RFC 6455 §7.4; 4400 to 4499 are graphql-ws's and ours). */
export interface CloseCode {
  readonly code: number;
  readonly reason: string;
}

/**
 * The gateway's own close codes; those of the graphql-ws protocol come beside them, and 1001 "Going away" when the gateway
 * stops: connect again, another one serves.
 */
export const CLOSE = {
  /** Tokens can't be checked at the moment. */
  tryAgainLater: { code: 1013, reason: 'Try again later' },
  /** The token shown when connecting or renewing is none of ours. */
  tokenInvalid: { code: 4401, reason: 'Token invalid' },
  /** The token expired and was not renewed in time: refresh it, connect again. */
  tokenExpired: { code: 4401, reason: 'Token expired' },
  /** The session is over: sign in again. */
  sessionEnded: { code: 4403, reason: 'Session ended' },
  /** A token of somebody else came by `ping`: a connection belongs to one person. */
  anotherPerson: { code: 4403, reason: 'Another person' },
} as const satisfies Record<string, CloseCode>;

/** The close code that says what an error of authentication says. */
export function closeCodeFor(error: unknown): CloseCode {
  const { code, reason } = error instanceof GraphQLError ? error.extensions : {};
  if (code !== 'UNAUTHENTICATED') return CLOSE.tryAgainLater;
  if (reason === 'EXPIRED') return CLOSE.tokenExpired;
  return reason === 'SESSION_ENDED' ? CLOSE.sessionEnded : CLOSE.tokenInvalid;
}
