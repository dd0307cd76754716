import { listenTo, type Component, type Log, type NotificationListener } from '@foyer/platform';
import type { Pool } from 'pg';

/** Carries "a log has grown" to whoever follows logs: within the process at once, to other processes by NOTIFY. */
export interface WakeUp extends Component {
  /** To be called after a commit that added to a log. */
  changed(): void;
  /** Has `listener` called for every wake-up, and whenever some may have been missed. @returns detaches it. */
  onWake(listener: () => void): () => void;
}

const CHANNEL = 'waitroom_log';
/** At most one NOTIFY in this many milliseconds: it takes a lock of the whole cluster when it commits. */
const NOTIFY_INTERVAL = 20;

/** A wake-up over a connection of its own for listening; sending takes one of the pool. */
export function createWakeUp(url: string, pool: Pool, log: Log): WakeUp {
  const listeners = new Set<() => void>();
  let listener: NotificationListener | null = null;
  let timer: NodeJS.Timeout | null = null;
  let sending: Promise<unknown> = Promise.resolve();

  const wake = (): void => {
    for (const each of listeners) each();
  };
  const send = (): void => {
    timer = null;
    // What is lost is found by the re-read that everybody does once a second.
    sending = pool.query(`notify ${CHANNEL}`).catch((error: unknown) => {
      log.warn({ err: error }, 'other processes could not be woken');
    });
  };
  return {
    name: 'wake-up',
    async start() {
      listener = listenTo(url, [CHANNEL], wake, {
        applicationName: 'foyer-waitroom-wake-up',
        onError: (error) => log.warn({ err: error }, 'lost the connection that wakes us'),
      });
      await listener.ready;
    },
    async stop() {
      if (timer) clearTimeout(timer);
      timer = null;
      await sending;
      await listener?.stop();
    },
    changed() {
      wake();
      timer ??= setTimeout(send, NOTIFY_INTERVAL);
    },
    onWake(each) {
      listeners.add(each);
      return () => listeners.delete(each);
    },
  };
}
