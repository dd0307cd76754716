/** What is known of a session when one of its refresh tokens is shown. */
export interface RefreshState {
  /** The session's present generation of tokens. */
  readonly generation: number;
  /** When that generation began. */
  readonly generationAt: Date;
  readonly ended: boolean;
  /** When it ends for good, or unless it takes new tokens before. */
  readonly expiresAt: Date;
}

/** What is known of the token that is shown. */
export interface ShownToken {
  readonly generation: number;
  readonly expiresAt: Date;
  /** Whether the device that shows it is the one that took the session's last tokens. */
  readonly sameDevice: boolean;
}

/**
 * What becomes of it:
 * - `ROTATE`: its successor begins a new generation;
 * - `GRACE`: the token was just replaced, and its device asks once more: it gets the same successor again;
 * - `OVER`: the session has ended or expired;
 * - `REUSE`: the token is older than that, or somebody else has it: the session must end.
 */
export type RefreshDecision = 'ROTATE' | 'GRACE' | 'OVER' | 'REUSE';

/**
 * Decides about a refresh token, after the session's row is locked.
 *
 * Tokens stand in generations: the use of the present one begins the next. Lost answers and tabs that refresh together
 * show the one just replaced, however often; they all go on with one successor, so that a thief and the owner never go
 * on side by side.
 * @see https://datatracker.ietf.org/doc/html/rfc9700#section-4.14.2
 */
export function decideRefresh(
  session: RefreshState,
  token: ShownToken,
  now: Date,
  graceMs: number,
): RefreshDecision {
  if (session.ended || session.expiresAt <= now) return 'OVER';
  if (token.generation === session.generation) return token.expiresAt > now ? 'ROTATE' : 'OVER';
  const justReplaced =
    token.generation === session.generation - 1 && now.getTime() - session.generationAt.getTime() <= graceMs;
  return justReplaced && token.sameDevice ? 'GRACE' : 'REUSE';
}
