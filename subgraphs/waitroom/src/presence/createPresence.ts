import { createJob, newId, type Clock, type Component, type Log } from '@foyer/platform';
import type { Entry } from '../domain/entry.js';
import type { Store } from '../store/createStore.js';
import { beat, registerProcess, savePresence, unregisterProcess } from '../store/presence.js';
import { createBreakWatch } from './createBreakWatch.js';

/** Whom a sign of life is of. */
type Somebody = Pick<Entry, 'id' | 'eventId'>;

/** Knows who is there, and writes it down together with what the other processes know. */
export interface Presence extends Component {
  /** Somebody has a live connection. @returns ends it; `finished` when we ended it because there is no more to tell. */
  attach(entry: Somebody): (finished: boolean) => void;
  /** Somebody was heard in another way. */
  saw(entry: Somebody): void;
  /** Writes what is new at once instead of within the second. */
  flush(): Promise<void>;
}

const FLUSH_MS = 1000;

/**
 * Presence costs a write when a connection begins or ends, or somebody polls, once a second for all together; none while
 * a connection lasts. A process says every second that it lives; one that falls silent is buried by the processor, and
 * its people count as heard until then.
 */
export function createPresence(options: {
  readonly store: Store;
  readonly clock: Clock;
  readonly log: Log;
}): Presence {
  const { store, clock, log } = options;
  const connections = new Map<string, number>();
  const breaks = createBreakWatch(clock);
  let processId = newId();
  let isRegistered = false;
  let changed = new Set<string>();
  let seen = new Set<string>();
  let heard = new Set<string>();
  let lost = new Set<string>();

  const register = async (): Promise<void> => {
    processId = newId();
    await store.transaction((sql) => registerProcess(sql, processId));
    isRegistered = true;
    for (const entryId of connections.keys()) changed.add(entryId);
  };
  const flush = async (): Promise<void> => {
    const taken = { changed, seen, heard, lost };
    [changed, seen, heard, lost] = [new Set(), new Set(), new Set(), new Set()];
    if (Object.values(taken).every(({ size }) => size === 0)) return;
    const ids = [...taken.changed];
    try {
      await store.transaction((sql) =>
        savePresence(sql, {
          processId,
          attached: ids.filter((id) => connections.has(id)),
          detached: ids.filter((id) => !connections.has(id)),
          seen: [...taken.seen].filter((id) => !connections.has(id)),
          heardEvents: [...taken.heard],
          lostEvents: [...taken.lost],
        }),
      );
    } catch (error) {
      // Kept for the next time; what has come meanwhile is newer and stands.
      changed = new Set([...taken.changed, ...changed]);
      seen = new Set([...taken.seen, ...seen]);
      heard = new Set([...taken.heard, ...heard]);
      lost = new Set([...taken.lost, ...lost]);
      throw error;
    }
  };
  const job = createJob({
    name: 'presence',
    everyMs: FLUSH_MS,
    async run() {
      isRegistered &&= await store.transaction((sql) => beat(sql, processId));
      if (!isRegistered) await register();
      await flush();
    },
    log,
  });
  return {
    name: 'presence',
    async start() {
      await register();
      await job.start();
    },
    async stop() {
      await job.stop();
      await flush();
      await store.transaction((sql) => unregisterProcess(sql, processId));
    },
    attach({ id, eventId }) {
      connections.set(id, (connections.get(id) ?? 0) + 1);
      changed.add(id);
      heard.add(eventId);
      breaks.began(eventId);
      return (finished) => {
        const left = (connections.get(id) ?? 1) - 1;
        if (left > 0) connections.set(id, left);
        else connections.delete(id);
        changed.add(id);
        if (!breaks.ended(eventId, finished)) return;
        lost.add(eventId);
        heard.delete(eventId);
      };
    },
    saw({ id, eventId }) {
      seen.add(id);
      heard.add(eventId);
    },
    flush,
  };
}
