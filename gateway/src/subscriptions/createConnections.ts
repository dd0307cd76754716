import type { Clock } from '@foyer/platform';
import type { EndedSessions } from '../sessions/endedSessions.js';
import { CLOSE } from './closeCodes.js';
import type { Connection } from './connection.js';

/** The open connections, watched over. */
export interface Connections {
  /** Watches a connection. @returns ends that. */
  add(connection: Connection): () => void;
  /** Closes those whose token expired more than the time of grace ago. Called about once a second. */
  sweep(): void;
  readonly size: number;
  /** Stops listening for ended sessions. */
  stop(): void;
}

/**
 * Watches connections: one ends when its session does, and a time after its token expired without renewal.
 * @param graceMs from expiry to the end, in milliseconds.
 */
export function createConnections(endedSessions: EndedSessions, clock: Clock, graceMs: number): Connections {
  const open = new Set<Connection>();
  const detach = endedSessions.onEnded((sessionId) => {
    for (const connection of open) {
      const { identity } = connection.caller;
      if (identity.kind === 'user' && identity.sessionId === sessionId) connection.close(CLOSE.sessionEnded);
    }
  });
  return {
    get size() {
      return open.size;
    },
    add(connection) {
      open.add(connection);
      return () => {
        open.delete(connection);
      };
    },
    sweep() {
      const now = clock.now().getTime();
      for (const connection of open) {
        const { expiresAt, identity } = connection.caller;
        // A session may have ended while its token was being checked.
        if (identity.kind === 'user' && endedSessions.has(identity.sessionId))
          connection.close(CLOSE.sessionEnded);
        if (expiresAt !== null && now >= expiresAt + graceMs) connection.close(CLOSE.tokenExpired);
      }
    },
    stop: detach,
  };
}
