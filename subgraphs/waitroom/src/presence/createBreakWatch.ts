import type { Clock } from '@foyer/platform';

/** Notices when the connections of an event break in masses: then it is not the people who left. */
export interface BreakWatch {
  /** A connection began. */
  began(eventId: string): void;
  /** A connection ended. @returns whether, with this one, most of the event's connections broke within seconds. */
  ended(eventId: string, finished: boolean): boolean;
}

const WINDOW_MS = 10_000;
/** Fewer than this are people who close their browsers. */
const LEAST = 10;

interface Connections {
  live: number;
  /** When the latest ones broke. */
  brokenAt: number[];
}

/** Watches the connections of this process. */
export function createBreakWatch(clock: Clock): BreakWatch {
  const events = new Map<string, Connections>();
  return {
    began(eventId) {
      const connections = events.get(eventId) ?? { live: 0, brokenAt: [] };
      connections.live += 1;
      events.set(eventId, connections);
    },
    ended(eventId, finished) {
      const connections = events.get(eventId);
      if (!connections) return false;
      connections.live -= 1;
      const now = clock.now().getTime();
      const recent = connections.brokenAt.filter((at) => at > now - WINDOW_MS);
      if (!finished) recent.push(now);
      connections.brokenAt = recent;
      if (connections.live === 0) events.delete(eventId);
      return !finished && recent.length >= LEAST && recent.length >= connections.live;
    },
  };
}
