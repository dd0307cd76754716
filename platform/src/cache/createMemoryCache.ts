import { LRUCache } from 'lru-cache';
import type { Cache } from './cache.js';

/** 32 MiB. */
const MAXIMUM_BYTES = 32 * 1024 * 1024;
/** What an entry costs besides its text. */
const ENTRY_BYTES = 100;

/**
 * The embedded adapter: in this process, the least recently used leaving first.
 * @param maximumBytes the most that keys and values may take; a value that does not fit by itself is not kept.
 */
export function createMemoryCache(maximumBytes = MAXIMUM_BYTES): Cache {
  const entries = new LRUCache<string, string>({
    maxSize: maximumBytes,
    // Strings of a JavaScript engine take one or two bytes for each unit.
    sizeCalculation: (value, key) => ENTRY_BYTES + 2 * (key.length + value.length),
  });
  return {
    get: (key) => Promise.resolve(entries.get(key) ?? null),
    set(key, value, { ttlSeconds }) {
      entries.set(key, value, { ttl: ttlSeconds * 1000 });
      return Promise.resolve();
    },
    delete(...keys) {
      for (const key of keys) entries.delete(key);
      return Promise.resolve();
    },
  };
}
