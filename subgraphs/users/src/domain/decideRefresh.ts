/** What is known of a session when one of its refresh tokens is shown. */
export interface RefreshState {
  /** The session's present generation of tokens. */
  readonly generation: number;
  /** When that generation began. */
  readonly generationAt: Date;
  /** Whether the generation before has had its second use. */
  readonly graceUsed: boolean;
  readonly ended: boolean;
  readonly expiresAt: Date;
}

/** What is known of the token that is shown. */
export interface ShownToken {
  readonly generation: number;
  readonly used: boolean;
  readonly expiresAt: Date;
}

/**
 * What becomes of it:
 * - `ROTATE`: a successor is given and begins a new generation;
 * - `GRACE`: the token was just replaced; it gets a successor in the present generation, once;
 * - `OVER`: the session has ended or expired;
 * - `REUSE`: the token is older than that: somebody else has it, the session must end.
 */
export type RefreshDecision = 'ROTATE' | 'GRACE' | 'OVER' | 'REUSE';

/**
 * Decides about a refresh token, after the session's row is locked.
 *
 * Tokens stand in generations: the use of one of the present generation begins the next. Where an answer was lost or
 * two tabs refresh together, the generation has two tokens, and the use of either makes the other one of those "just
 * replaced". A thief and the owner thus never go on side by side for longer than the grace time.
 * @see https://datatracker.ietf.org/doc/html/rfc9700#section-4.14.2
 */
export function decideRefresh(
  session: RefreshState,
  token: ShownToken,
  now: Date,
  graceMs: number,
): RefreshDecision {
  if (session.ended || session.expiresAt <= now) return 'OVER';
  if (token.generation === session.generation && !token.used)
    return token.expiresAt > now ? 'ROTATE' : 'OVER';
  const justReplaced =
    token.generation === session.generation - 1 && now.getTime() - session.generationAt.getTime() <= graceMs;
  return justReplaced && !session.graceUsed ? 'GRACE' : 'REUSE';
}
