import type { Log } from '../log/createLog.js';

/** A process's connections to Redis: which stand, and why one does not. */
export interface ConnectionStates {
  /** Makes a connection known that does not stand yet. */
  add(connection: string): void;
  up(connection: string): void;
  /** @param reason what an operator can act on. */
  down(connection: string, reason: string): void;
  /** By connection: null when it stands, else why it does not. */
  readonly reasons: ReadonlyMap<string, string | null>;
}

const REPEAT_MS = 30_000;

/**
 * Keeps the states, and says in the log when Redis is away, why, again every half a minute while it is, and when it is
 * back: one line each, however many connections and attempts there are.
 * @param where the addresses, for the log.
 */
export function createConnectionStates(where: string, log: Log): ConnectionStates {
  const reasons = new Map<string, string | null>();
  let saidAt = -Infinity;
  let away = false;
  return {
    reasons,
    add(connection) {
      reasons.set(connection, 'not connected yet');
    },
    up(connection) {
      reasons.set(connection, null);
      if (!away || [...reasons.values()].some((reason) => reason !== null)) return;
      away = false;
      log.info({ redis: where }, 'Redis answers again');
    },
    down(connection, reason) {
      reasons.set(connection, reason);
      if (away && performance.now() - saidAt < REPEAT_MS) return;
      away = true;
      saidAt = performance.now();
      log.warn({ redis: where, connection, reason }, `waiting for Redis at ${where}: ${reason}`);
    },
  };
}
