import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createMetrics } from '../metrics/createMetrics.js';
import { createRedisPubSub } from '../pubsub/redis/createRedisPubSub.js';
import { createRedisRateLimiter } from '../rateLimiter/createRedisRateLimiter.js';
import { requireEngine } from '../testing/engines.js';
import { describeRedisContracts } from '../testing/redisContracts.js';
import { createTestRedis, testLog } from '../testing/testRedis.js';
import { waitUntil } from '../testing/waitUntil.js';
import { redisAvailable } from './redisAvailable.js';
import type { RedisServer } from './startRedisServer.js';

requireEngine('Redis', redisAvailable())('Redis behind Sentinels', () => {
  const redis = createTestRedis();
  const variables = { REDIS_URL: '', REDIS_MODE: 'sentinel', REDIS_SENTINEL_NAME: 'foyer' };
  let master: RedisServer;
  beforeAll(async () => {
    master = await redis.start();
    const replica = await redis.start({ args: ['--replicaof', '127.0.0.1', String(master.port)] });
    const configFile = join(redis.folder(), 'sentinel.conf');
    writeFileSync(
      configFile,
      [
        `sentinel monitor foyer 127.0.0.1 ${master.port} 1`,
        'sentinel down-after-milliseconds foyer 500',
        'sentinel failover-timeout foyer 3000',
      ].join('\n'),
    );
    const sentinel = await redis.start({ configFile, args: ['--sentinel'] });
    variables.REDIS_URL = sentinel.url;
    const watching = await redis.open({ REDIS_URL: sentinel.url });
    // It asks the master about its replicas every ten seconds, and can't fail over before it knows one.
    await waitUntil(async () =>
      JSON.stringify(await watching.commands.call('sentinel', 'replicas', 'foyer')).includes(
        String(replica.port),
      ),
    );
  });
  afterEach(() => redis.closeAll());
  afterAll(() => redis.end());

  describeRedisContracts('behind Sentinels', () => redis.open(variables));

  test('when the master dies, limits and messages go on with its successor', async () => {
    const [here, there] = [await redis.open(variables), await redis.open(variables)];
    const publisher = createRedisPubSub(here, testLog);
    const heard: string[] = [];
    let resumed = 0;
    createRedisPubSub(there, testLog).subscribe('channel', {
      onMessage: (message) => heard.push(message),
      onResume: () => (resumed += 1),
    });
    await waitUntil(() => resumed > 0);
    const before = resumed;
    await master.kill();
    const limiter = createRedisRateLimiter({ redis: here, log: testLog, metrics: createMetrics() });
    const limit = { name: 'log-in', points: 1, seconds: 600 };
    await waitUntil(async () => !(await limiter.consume(limit, 'somebody')).allowed);
    await waitUntil(() => resumed > before);
    await waitUntil(() => {
      publisher.publish('channel', 'x');
      return heard.length > 0;
    });
    await waitUntil(() =>
      here.check().then(
        () => true,
        () => false,
      ),
    );
  });
});
