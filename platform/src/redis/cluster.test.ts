import { execFile } from 'node:child_process';
import { promisify } from 'node:util';
import { createMetrics } from '../metrics/createMetrics.js';
import { createRedisPubSub } from '../pubsub/redis/createRedisPubSub.js';
import { createRedisRateLimiter } from '../rateLimiter/createRedisRateLimiter.js';
import { requireEngine } from '../testing/engines.js';
import { describeRedisContracts } from '../testing/redisContracts.js';
import { createTestRedis, testLog } from '../testing/testRedis.js';
import { waitUntil } from '../testing/waitUntil.js';
import { newId } from '../values/newId.js';
import { findOnPath } from '../process/findOnPath.js';
import { redisAvailable } from './redisAvailable.js';
import type { RedisServer } from './startRedisServer.js';

const available = redisAvailable() && findOnPath('redis-cli') !== null;

requireEngine('Redis', available)('Redis as a Cluster', () => {
  const redis = createTestRedis();
  let servers: readonly RedisServer[] = [];
  const variables = { REDIS_URL: '', REDIS_MODE: 'cluster' };
  beforeAll(async () => {
    const args = ['--cluster-enabled', 'yes', '--cluster-node-timeout', '5000'];
    servers = await Promise.all([1, 2, 3].map(() => redis.start({ args })));
    const addresses = servers.map(({ port }) => `127.0.0.1:${port}`);
    await promisify(execFile)('redis-cli', ['--cluster', 'create', ...addresses, '--cluster-yes']);
    // One of them is enough to find the others.
    variables.REDIS_URL = `redis://127.0.0.1:1,${servers[0]?.url ?? ''}`;
  });
  afterEach(() => redis.closeAll());
  afterAll(() => redis.end());

  describeRedisContracts('on a Cluster', () => redis.open(variables));

  test('while one of its nodes is away messages go on, and nobody hears an error; then limits hold again', async () => {
    const [here, there] = [await redis.open(variables), await redis.open(variables)];
    const publisher = createRedisPubSub(here, testLog);
    const heard: string[] = [];
    createRedisPubSub(there, testLog).subscribe('channel', {
      onMessage: (message) => heard.push(message),
      onResume: () => undefined,
    });
    const passesOn = async (text: string): Promise<void> => {
      await waitUntil(() => {
        publisher.publish('channel', text);
        return heard.includes(text);
      });
    };
    const limiter = createRedisRateLimiter({ redis: here, log: testLog, metrics: createMetrics() });
    const limit = { name: `test-${newId()}`, points: 1, seconds: 600 };
    // Keys of every node.
    const keys = Array.from({ length: 20 }, (_, index) => `key ${index}`);
    const refused = async (): Promise<boolean> => {
      const answers = await Promise.all(keys.map((key) => limiter.consume(limit, key)));
      return answers.every(({ allowed }) => !allowed);
    };
    const last = servers[2] as RedisServer;
    await passesOn('before');
    await waitUntil(refused);
    await last.kill();
    expect(await refused()).toBe(false);
    await passesOn('during');
    await last.start();
    await waitUntil(refused);
    await passesOn('after');
  });
});
