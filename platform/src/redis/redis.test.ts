import { createRedisCache } from '../cache/createRedisCache.js';
import { createMetrics } from '../metrics/createMetrics.js';
import { createRedisRateLimiter } from '../rateLimiter/createRedisRateLimiter.js';
import { requireEngine } from '../testing/engines.js';
import { describeRedisContracts } from '../testing/redisContracts.js';
import { createTestRedis, testLog } from '../testing/testRedis.js';
import { redisAvailable } from './redisAvailable.js';
import type { RedisServer } from './startRedisServer.js';

requireEngine('Redis', redisAvailable())('Redis on one server', () => {
  const redis = createTestRedis();
  let server: RedisServer;
  beforeAll(async () => {
    server = await redis.start();
  });
  afterEach(() => redis.closeAll());
  afterAll(() => redis.end());

  describeRedisContracts('on one Redis', () => redis.open({ REDIS_URL: server.url }));

  test('systems with different prefixes share nothing', async () => {
    const [ours, theirs] = [
      await redis.open({ REDIS_URL: server.url }),
      await redis.open({ REDIS_URL: server.url, REDIS_PREFIX: 'theirs:' }),
    ];
    await createRedisCache(ours).set('key', 'ours', { ttlSeconds: 60 });
    expect(await createRedisCache(theirs).get('key')).toBeNull();
    const limit = { name: 'log-in', points: 1, seconds: 60 };
    const limiters = [ours, theirs].map((each) =>
      createRedisRateLimiter({ redis: each, log: testLog, metrics: createMetrics() }),
    );
    for (const limiter of limiters) expect((await limiter.consume(limit, 'k')).allowed).toBe(true);
    const names = await ours.commands.keys('*');
    expect(names.every((name) => /^(foyer|theirs):(cache|limit):/.test(name))).toBe(true);
    // Keys may be mail addresses: Redis does not get to know them.
    expect(names).not.toContain(expect.stringContaining('somebody'));
  });
});
