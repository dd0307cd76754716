import { describeCacheContract } from '../testing/cacheContract.js';
import { createMemoryCache } from './createMemoryCache.js';

describeCacheContract('in this process', () => createMemoryCache());

test('it never holds more bytes than it may: what was used least recently goes, what is too large is not kept', async () => {
  const cache = createMemoryCache(10_000);
  const options = { ttlSeconds: 60 };
  await cache.set('used', 'x'.repeat(1000), options);
  for (let index = 0; index < 1000; index += 1) {
    await cache.set(`key ${index}`, 'x'.repeat(1000), options);
    expect(await cache.get('used')).not.toBeNull();
  }
  expect(await cache.get('key 0')).toBeNull();
  expect(await cache.get('key 999')).not.toBeNull();
  await cache.set('large', 'x'.repeat(10_000), options);
  expect(await cache.get('large')).toBeNull();
  expect(await cache.get('key 999')).not.toBeNull();
});
