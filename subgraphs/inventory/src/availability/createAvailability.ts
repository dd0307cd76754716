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
import type { ListingView } from '../domain/listingView.js';
import type { ListingReader } from '../store/createListingReader.js';
import { createLane } from '../store/createLane.js';

/** How listings stand, now and from now on. */
export interface Availability {
  /** How a listing stands at once, then whenever it has changed. Ends when there is none. */
  watch(listingId: string): AsyncIterableIterator<ListingView>;
  /** To be called after the commit of a change. */
  notice(listingId: string): void;
  /** Looks for what other processes have changed of what is watched here. */
  readonly component: Component;
}

export interface AvailabilityOptions {
  readonly listings: ListingReader;
  readonly pubsub: PubSub;
  /** Least time between two values to one watcher, in milliseconds. */
  readonly pushMs: number;
  /** Between two looks at the database for others' changes, in milliseconds. */
  readonly pollMs: number;
  readonly log: Log;
}

/** Least time between two reads on behalf of all watchers, in milliseconds. */
const READ_INTERVAL_MS = 25;

/**
 * Watchers are told at once of this process's changes and, where pub/sub is shared, of those of others. As a safety
 * net, and where it is not, the changes of others are found by one statement for all that is watched, twice a second:
 * cheaper than reading along with every event, and nothing while nobody watches.
 * However many watch, one read at a time serves all of them.
 */
export function createAvailability(options: AvailabilityOptions): Availability {
  const { listings, pubsub, pushMs, pollMs, log } = options;
  const fromOthers = createMemoryPubSub();
  const watched = new Map<string, { watchers: number; version: number }>();
  let readAt = -Infinity;

  const reader = createLane<string, ListingView | null>({
    maxGroup: Infinity,
    mayRetry: () => false,
    async run(listingIds) {
      const early = readAt + READ_INTERVAL_MS - performance.now();
      if (early > 0) await delay(early);
      readAt = performance.now();
      const views = await listings.read([...new Set(listingIds)]);
      return listingIds.map((id) => views.get(id) ?? null);
    },
  });

  async function poll(): Promise<void> {
    if (watched.size === 0) return;
    for (const [id, version] of await listings.versions([...watched.keys()])) {
      const entry = watched.get(id);
      if (!entry || entry.version >= version) continue;
      entry.version = version;
      fromOthers.publish(channelOf(id), '');
    }
  }

  function watch(listingId: string): AsyncIterableIterator<ListingView> {
    const entry = watched.get(listingId) ?? { watchers: 0, version: 0 };
    entry.watchers += 1;
    watched.set(listingId, entry);
    let attached = true;
    const leave = (): void => {
      if (!attached) return;
      attached = false;
      entry.watchers -= 1;
      if (entry.watchers === 0) watched.delete(listingId);
    };
    const views = followLatest({
      pubsub: hearingBoth(pubsub, fromOthers),
      channel: channelOf(listingId),
      read: () => reader.submit(listingId),
      versionOf: ({ listing }) => listing.version,
      minIntervalMs: pushMs,
    });
    return whenDone(views, leave);
  }

  return {
    watch,
    notice: (listingId) => pubsub.publish(channelOf(listingId), ''),
    component: createJob({ name: 'poll watched availability', everyMs: pollMs, run: poll, log }),
  };
}

function channelOf(listingId: string): string {
  return `inventory:availability:${listingId}`;
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
