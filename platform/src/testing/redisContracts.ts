import { createRedisCache } from '../cache/createRedisCache.js';
import { createMetrics } from '../metrics/createMetrics.js';
import { createRedisPubSub } from '../pubsub/redis/createRedisPubSub.js';
import { createRedisRateLimiter } from '../rateLimiter/createRedisRateLimiter.js';
import type { RateLimiter } from '../rateLimiter/rateLimiter.js';
import type { RedisConnections } from '../redis/openRedis.js';
import { newId } from '../values/newId.js';
import { describeCacheContract } from './cacheContract.js';
import { describePubSubContract } from './pubSubContract.js';
import { describeRateLimiterContract } from './rateLimiterContract.js';
import { testLog } from './testRedis.js';

/**
 * What the Redis adapters must do, wherever Redis is: the ports' contracts, and what two processes share.
 * @param open makes connections as another process would have.
 */
export function describeRedisContracts(where: string, open: () => Promise<RedisConnections>): void {
  const limiter = async (): Promise<RateLimiter> =>
    createRedisRateLimiter({ redis: await open(), log: testLog, metrics: createMetrics() });

  describeCacheContract(where, async () => createRedisCache(await open()));
  describeRateLimiterContract(where, limiter);
  describePubSubContract(where, async () => [
    createRedisPubSub(await open(), testLog),
    createRedisPubSub(await open(), testLog),
  ]);

  test(`two processes share their limits ${where}`, async () => {
    const limiters = [await limiter(), await limiter()];
    const limit = { name: `test-${newId()}`, points: 5, seconds: 60 };
    const answers = await Promise.all(
      limiters.flatMap((each) => Array.from({ length: 20 }, () => each.consume(limit, 'somebody'))),
    );
    expect(answers.filter(({ allowed }) => allowed)).toHaveLength(5);
  });

  test(`two processes share their cache ${where}`, async () => {
    const [here, there] = [createRedisCache(await open()), createRedisCache(await open())];
    const keys = Array.from({ length: 50 }, () => newId());
    await Promise.all(keys.map((key) => here.set(key, key, { ttlSeconds: 60 })));
    expect(await Promise.all(keys.map((key) => there.get(key)))).toEqual(keys);
    await there.delete(...keys);
    expect(await Promise.all(keys.map((key) => here.get(key)))).toEqual(keys.map(() => null));
  });
}
