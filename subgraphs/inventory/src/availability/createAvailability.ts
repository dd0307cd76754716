import {
  createJob,
  createMemoryPubSub,
  followLatest,
  hearingBoth,
  type Component,
  type Log,
  type PubSub,
} from '@foyer/platform';
import { setTimeout as delay } from 'node:timers/promises';
import { createLane } from '../store/createLane.js';

/** How listings (or days of them) stand, now and from now on. */
export interface Availability<View> {
  /** How one stands at once, then whenever it has changed. Ends when there is none. */
  watch(key: string): AsyncIterableIterator<View>;
  /** Looks for what other processes have changed of what is watched here. */
  readonly component: Component;
}

export interface AvailabilityOptions<View> {
  /** What is watched has keys: a listing's id, or one that begins with it and a slash. */
  readonly reader: {
    read(keys: readonly string[]): Promise<ReadonlyMap<string, View>>;
    versions(keys: readonly string[]): Promise<ReadonlyMap<string, number>>;
  };
  /** Rises with every change. */
  readonly versionOf: (view: View) => number;
  readonly pubsub: PubSub;
  /** Least time between two values to one watcher, in milliseconds. */
  readonly pushMs: number;
  /** Between two looks at the database for others' changes, in milliseconds. */
  readonly pollMs: number;
  readonly log: Log;
  /** Of the job that looks. */
  readonly name: string;
}

/** Least time between two reads on behalf of all watchers, in milliseconds. */
const READ_INTERVAL_MS = 25;

/**
 * Watchers are told at once of this process's changes and, where pub/sub is shared, of those of others. As a safety
 * net, and where it is not, the changes of others are found by one statement for all that is watched, twice a second:
 * cheaper than reading along with every event, and nothing while nobody watches.
 * However many watch, one read at a time serves all of them.
 */
export function createAvailability<View>(options: AvailabilityOptions<View>): Availability<View> {
  const { reader: store, versionOf, pubsub, pushMs, pollMs, log } = options;
  const fromOthers = createMemoryPubSub();
  const watched = new Map<string, { watchers: number; version: number }>();
  let readAt = -Infinity;

  const reader = createLane<string, View | null>({
    maxGroup: Infinity,
    mayRetry: () => false,
    async run(keys) {
      const early = readAt + READ_INTERVAL_MS - performance.now();
      if (early > 0) await delay(early);
      readAt = performance.now();
      const views = await store.read([...new Set(keys)]);
      return keys.map((key) => views.get(key) ?? null);
    },
  });

  async function poll(): Promise<void> {
    if (watched.size === 0) return;
    for (const [key, version] of await store.versions([...watched.keys()])) {
      const entry = watched.get(key);
      if (!entry || entry.version >= version) continue;
      entry.version = version;
      fromOthers.publish(channelOf(key), '');
    }
  }

  function watch(key: string): AsyncIterableIterator<View> {
    const entry = watched.get(key) ?? { watchers: 0, version: 0 };
    entry.watchers += 1;
    watched.set(key, entry);
    let attached = true;
    const leave = (): void => {
      if (!attached) return;
      attached = false;
      entry.watchers -= 1;
      if (entry.watchers === 0) watched.delete(key);
    };
    const views = followLatest({
      pubsub: hearingBoth(pubsub, fromOthers),
      channel: channelOf(key),
      read: () => reader.submit(key),
      versionOf,
      minIntervalMs: pushMs,
    });
    return whenDone(views, leave);
  }

  return {
    watch,
    component: createJob({ name: options.name, everyMs: pollMs, run: poll, log }),
  };
}

/** Tells all processes, after the commit of a change, that a listing stands differently. */
export function noticeListing(pubsub: PubSub, listingId: string): void {
  pubsub.publish(channelOf(listingId), '');
}

/** Of one listing and all its days there is one channel: what has not changed is read, and not sent. */
function channelOf(key: string): string {
  return `inventory:availability:${key.split('/')[0] ?? key}`;
}

/** The same values; `done` is called when they end, whichever way. */
function whenDone<Value>(
  values: AsyncIterableIterator<Value>,
  done: () => void,
): AsyncIterableIterator<Value> {
  return {
    async next() {
      try {
        const result = await values.next();
        if (result.done) done();
        return result;
      } catch (error) {
        done();
        throw error;
      }
    },
    async return() {
      done();
      await values.return?.();
      return { done: true, value: undefined };
    },
    [Symbol.asyncIterator]() {
      return this;
    },
  };
}
