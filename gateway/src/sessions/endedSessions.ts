/** The port: which sessions are over, though their access tokens have not expired. */
export interface EndedSessions {
  /** Whether the session is known to be over. */
  has(sessionId: string): boolean;
  /** Calls the listener with every session that ends from now on. @returns detaches. */
  onEnded(listener: (sessionId: string) => void): () => void;
}

/** Ended sessions in memory, with a way to add one. */
export interface EndedSessionsRegister extends EndedSessions {
  /** @param at when it ended, in milliseconds since 1970. A session that is known is not told again. */
  add(sessionId: string, at: number): void;
}

/**
 * Remembers ended sessions for as long as a token of theirs may live.
 * @param keepMs an access token's lifetime in milliseconds.
 * @param now milliseconds since 1970.
 */
export function createEndedSessions(keepMs: number, now: () => number): EndedSessionsRegister {
  const endedAt = new Map<string, number>();
  const listeners = new Set<(sessionId: string) => void>();
  return {
    has: (sessionId) => endedAt.has(sessionId),
    onEnded(listener) {
      listeners.add(listener);
      return () => {
        listeners.delete(listener);
      };
    },
    add(sessionId, at) {
      // Entries stand in order of arrival, nearly that of their times: the oldest are first.
      for (const [id, time] of endedAt) {
        if (time > now() - keepMs) break;
        endedAt.delete(id);
      }
      if (endedAt.has(sessionId)) return;
      endedAt.set(sessionId, at);
      for (const listener of listeners) listener(sessionId);
    },
  };
}
