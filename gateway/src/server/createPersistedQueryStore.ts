import type { Cache } from '@foyer/platform';

/** Where Apollo Server keeps the documents of automatic persisted queries: its `KeyValueCache`. */
export interface PersistedQueryStore {
  get(key: string): Promise<string | undefined>;
  set(key: string, document: string): Promise<void>;
  delete(key: string): Promise<void>;
}

const DAY_SECONDS = 86_400;
/** Longer documents are taken, but not kept: the room belongs to everybody. */
const MAXIMUM_LENGTH = 65_536;
/** Apollo's prefix and the SHA-256 of the document; a client may ask for anything else, and gets nothing. */
const KEY = /^apq:[0-9a-f]{64}$/;

/** Keeps documents in the cache port for a day after they were registered last. */
export function createPersistedQueryStore(cache: Cache): PersistedQueryStore {
  return {
    get: async (key) => (KEY.test(key) ? ((await cache.get(key)) ?? undefined) : undefined),
    async set(key, document) {
      if (document.length <= MAXIMUM_LENGTH) await cache.set(key, document, { ttlSeconds: DAY_SECONDS });
    },
    delete: (key) => cache.delete(key),
  };
}
