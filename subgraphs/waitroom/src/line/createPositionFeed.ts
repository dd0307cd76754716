import { createMemoryPubSub, followLatest, type Clock } from '@foyer/platform';
import type { Entry } from '../domain/entry.js';
import { isLive } from '../domain/entryStatus.js';
import type { Line } from '../domain/line.js';
import type { LogRow } from '../domain/logRow.js';
import { pushInterval } from '../domain/pushInterval.js';
import type { Presence } from '../presence/createPresence.js';
import type { Store } from '../store/createStore.js';
import { findEntry } from '../store/findEntries.js';
import type { LineFollower } from './createLineFollower.js';
import { viewEntry, type EntryView } from './entryView.js';

/** Pushes what changes for people in line. */
export interface PositionFeed {
  /** A place now and at every change worth telling, until it is over. */
  follow(entry: Entry): AsyncIterableIterator<EntryView>;
}

/** What concerns everybody in line, wherever they stand. */
const FOR_ALL: ReadonlySet<LogRow['kind']> = new Set(['SALE_STATE', 'PAUSED', 'RESUMED', 'DRAWN']);

/** Those of one event who are being told. */
interface Audience {
  readonly members: Map<string, { readonly seq: number; count: number }>;
  readonly stop: () => void;
}

/**
 * A feed out of memory. What becomes of a place is told at once; how far it has come, at intervals that grow with its
 * distance from the front.
 */
export function createPositionFeed(options: {
  readonly follower: LineFollower;
  readonly presence: Presence;
  readonly store: Store;
  readonly clock: Clock;
}): PositionFeed {
  const { follower, presence, store, clock } = options;
  const nudges = createMemoryPubSub();
  const audiences = new Map<string, Audience>();

  const nudge = (entryId: string): void => nudges.publish(entryId, '');

  const onRows = (audience: Audience['members'], rows: readonly LogRow[]): void => {
    if (rows.some(({ kind }) => FOR_ALL.has(kind))) {
      for (const entryId of audience.keys()) nudge(entryId);
      return;
    }
    for (const { entryId } of rows) if (entryId !== null && audience.has(entryId)) nudge(entryId);
  };
  const enter = ({ id, eventId, seq }: Entry): void => {
    let audience = audiences.get(eventId);
    if (!audience) {
      const members: Audience['members'] = new Map();
      audience = { members, stop: follower.watch(eventId, (_, rows) => onRows(members, rows)) };
      audiences.set(eventId, audience);
    }
    const member = audience.members.get(id) ?? { seq, count: 0 };
    member.count += 1;
    audience.members.set(id, member);
  };
  const leave = ({ id, eventId }: Entry): void => {
    const audience = audiences.get(eventId);
    const member = audience?.members.get(id);
    if (!audience || !member) return;
    member.count -= 1;
    if (member.count === 0) audience.members.delete(id);
    if (audience.members.size > 0) return;
    audience.stop();
    audiences.delete(eventId);
  };

  /** Looks at the position again and again, and nudges when it has changed. @returns ends that. */
  const lookAgain = (entry: Entry, line: () => Line | null): (() => void) => {
    let told: number | null = null;
    let timer: NodeJS.Timeout;
    const look = (): void => {
      const position = line()?.positionOf(entry.seq) ?? null;
      if (position !== told) nudge(entry.id);
      told = position;
      timer = setTimeout(look, pushInterval(position));
    };
    timer = setTimeout(look, pushInterval(null) / 10);
    return () => clearTimeout(timer);
  };

  return {
    follow(entry) {
      let line: Line | null = null;
      let finished = false;
      enter(entry);
      const detach = presence.attach(entry);
      const stopLooking = lookAgain(entry, () => line);
      const values = followLatest<EntryView>({
        pubsub: nudges,
        channel: entry.id,
        async read() {
          // The first value is no older than anything that any process has told before.
          line ??= await follower.fresh(entry.eventId);
          return viewEntry(await present(entry, line, store), line, clock.now());
        },
        versionOf: ({ version }) => version,
        isLast: ({ status }) => {
          finished = !isLive(status);
          return finished;
        },
      });
      return withCleanUp(values, () => {
        stopLooking();
        detach(finished);
        leave(entry);
      });
    },
  };
}

/** An entry as it is now: out of memory, but for what only the database knows of a turn. */
async function present(entry: Entry, line: Line, store: Store): Promise<Entry> {
  const standing = line.standing(entry.seq);
  if (standing?.status === 'ADMITTED') return (await findEntry(store.sql, entry.id)) ?? entry;
  return standing ? { ...entry, status: standing.status, endedReason: standing.endedReason } : entry;
}

/** The same values; `cleanUp` runs once when they end, by themselves or by the client's going. */
function withCleanUp<Value>(
  values: AsyncIterableIterator<Value>,
  cleanUp: () => void,
): AsyncIterableIterator<Value> {
  let isClean = false;
  const end = (): void => {
    if (isClean) return;
    isClean = true;
    cleanUp();
  };
  return {
    async next() {
      try {
        const result = await values.next();
        if (result.done === true) end();
        return result;
      } catch (error) {
        end();
        throw error;
      }
    },
    async return() {
      end();
      await values.return?.();
      return { done: true, value: undefined };
    },
    async throw(error) {
      end();
      await values.return?.();
      throw error;
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
