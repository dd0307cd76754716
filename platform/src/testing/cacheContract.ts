import type { Cache } from '../cache/cache.js';
import { newId } from '../values/newId.js';
import { waitUntil } from './waitUntil.js';

/** What every adapter of the cache must do. @param create makes one, empty as far as fresh keys go. */
export function describeCacheContract(adapter: string, create: () => Promise<Cache> | Cache): void {
  describe(`the cache ${adapter}`, () => {
    it('gives what was set last, and null for what was not', async () => {
      const [cache, key] = [await create(), newId()];
      expect(await cache.get(key)).toBeNull();
      await cache.set(key, 'one', { ttlSeconds: 60 });
      await cache.set(key, 'two', { ttlSeconds: 60 });
      expect(await cache.get(key)).toBe('two');
      expect(await cache.get(`${key}-other`)).toBeNull();
    });

    it('keeps any text under any key', async () => {
      const cache = await create();
      for (const text of ['', ' ', 'null', 'một\r\nhai', '{"a":1}', 'x'.repeat(100_000)]) {
        for (const key of [newId(), `${newId()}}{`, `${newId()} \r\n`, `${newId()}ở`]) {
          await cache.set(key, text, { ttlSeconds: 60 });
          expect(await cache.get(key)).toBe(text);
        }
      }
    });

    it('forgets many at once when told to, also those it never had', async () => {
      const cache = await create();
      const keys = Array.from({ length: 20 }, () => newId());
      await Promise.all(keys.map((key) => cache.set(key, key, { ttlSeconds: 60 })));
      const [stays, ...go] = keys;
      await cache.delete(...go, newId());
      await cache.delete();
      const left = await Promise.all(keys.map((key) => cache.get(key)));
      expect(left).toEqual([stays, ...go.map(() => null)]);
    });

    it('forgets when its time is over, counted from when it was set last', async () => {
      const [cache, key] = [await create(), newId()];
      await cache.set(key, 'short', { ttlSeconds: 1 });
      expect(await cache.get(key)).toBe('short');
      await waitUntil(async () => (await cache.get(key)) === null);
      await cache.set(key, 'short', { ttlSeconds: 1 });
      await cache.set(key, 'long', { ttlSeconds: 600 });
      const other = newId();
      await cache.set(other, 'short', { ttlSeconds: 1 });
      await waitUntil(async () => (await cache.get(other)) === null);
      expect(await cache.get(key)).toBe('long');
    });
  });
}
