/** How long sessions go on, in milliseconds. */
export interface SessionLife {
  /** Without taking new tokens. */
  readonly refreshTokenMs: number;
  /** From its log-in, whatever its use. */
  readonly sessionMs: number;
}

/** When a session ends that takes tokens now and none afterwards. */
export function sessionEnd(createdAt: Date, now: Date, { refreshTokenMs, sessionMs }: SessionLife): Date {
  return new Date(Math.min(now.getTime() + refreshTokenMs, createdAt.getTime() + sessionMs));
}
