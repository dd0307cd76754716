import { createPgSession, type Component, type Log } from '@foyer/platform';
import type { Pool } from 'pg';

/** Carries "a log has grown" to whoever follows logs: within the process at once, to other processes by NOTIFY. */
export interface WakeUp extends Component {
  /** To be called after a commit that added to a log. */
  changed(): void;
  /** Has `listener` called for every wake-up, and whenever some may have been missed. @returns detaches it. */
  onWake(listener: () => void): () => void;
}

/** At most one NOTIFY in this many milliseconds: it takes a lock of the whole cluster when it commits. */
const NOTIFY_INTERVAL = 20;

/** A wake-up over a connection of its own, for listening and for sending. */
export function createWakeUp(pool: Pool, log: Log): WakeUp {
  const listeners = new Set<() => void>();
  const wake = (): void => {
    for (const each of listeners) each();
  };
  // What is lost is found by the re-read that everybody does once a second.
  const session = createPgSession({
    pool,
    name: 'foyer-waitroom-wake-up',
    channel: 'waitroom_log',
    onConnected: async () => wake(),
    onNotified: wake,
    notifyEveryMs: NOTIFY_INTERVAL,
    log,
  });
  return {
    name: 'wake-up',
    start: () => session.start(),
    stop: () => session.stop(),
    changed() {
      wake();
      session.notify();
    },
    onWake(each) {
      listeners.add(each);
      return () => listeners.delete(each);
    },
  };
}
