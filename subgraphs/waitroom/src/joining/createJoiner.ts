import { Refused } from '@foyer/platform';
import type { Entry } from '../domain/entry.js';
import type { Store } from '../store/createStore.js';
import { joinGroup, type JoinOptions, type JoinRequest } from '../store/joinGroup.js';

/** Lets people join lines. */
export interface Joiner {
  /**
   * Resolves after the commit, with the place. Who has a live one gets that.
   * @throws Refused when nobody can join now.
   */
  join(eventId: string, request: JoinRequest): Promise<Entry>;
}

interface Waiting {
  readonly request: JoinRequest;
  readonly resolve: (entry: Entry) => void;
  readonly reject: (error: unknown) => void;
}

/** The most joins of one commit. */
const GROUP = 2000;

/**
 * A joiner that puts together what arrives while the group before is being committed: one group per event at a time, so
 * that groups grow by themselves under load and a lonely join waits for nobody.
 */
export function createJoiner(store: Store, options: JoinOptions): Joiner {
  const lines = new Map<string, Waiting[]>();

  const decide = async (eventId: string, group: readonly Waiting[]): Promise<void> => {
    try {
      const requests = group.map(({ request }) => request);
      const places = await store.change((sql) => joinGroup(sql, eventId, requests, options));
      group.forEach(({ resolve, reject }, index) => {
        const place = places[index];
        if (place === undefined || place instanceof Refused) reject(place);
        else resolve(place);
      });
    } catch (error) {
      if (group.length === 1) return group[0]?.reject(error);
      // One of them may be at fault; the others must not pay for it.
      for (const each of group) await decide(eventId, [each]);
    }
  };
  const run = async (eventId: string, waiting: Waiting[]): Promise<void> => {
    while (waiting.length > 0) await decide(eventId, waiting.splice(0, GROUP));
    lines.delete(eventId);
  };
  return {
    join(eventId, request) {
      return new Promise((resolve, reject) => {
        const waiting = lines.get(eventId);
        if (waiting) {
          waiting.push({ request, resolve, reject });
          return;
        }
        const first: Waiting[] = [{ request, resolve, reject }];
        lines.set(eventId, first);
        void run(eventId, first);
      });
    },
  };
}
