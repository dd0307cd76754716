import { ConfigurationError, Environment } from '../config/environment.js';
import { createMetrics } from '../metrics/createMetrics.js';
import { redisAvailable } from '../redis/redisAvailable.js';
import { requireEngine } from '../testing/engines.js';
import { createTestRedis, testLog } from '../testing/testRedis.js';
import { waitUntil } from '../testing/waitUntil.js';
import { openPorts, type Ports } from './openPorts.js';

const LIMIT = { name: 'log-in', points: 1, seconds: 600 };

test('without REDIS_URL the ports are of this process alone', async () => {
  const open = (): Promise<Ports> => openPorts(new Environment({}), testLog, createMetrics());
  const [here, there] = [await open(), await open()];
  await here.cache.set('key', 'value', { ttlSeconds: 60 });
  expect(await here.cache.get('key')).toBe('value');
  expect(await there.cache.get('key')).toBeNull();
  for (const ports of [here, there]) {
    expect((await ports.rateLimiter.consume(LIMIT, 'k')).allowed).toBe(true);
    expect((await ports.rateLimiter.consume(LIMIT, 'k')).allowed).toBe(false);
    expect(ports.healthChecks).toEqual({});
    await ports.close();
  }
});

test('a variable that can not be used stops the start', async () => {
  const environment = new Environment({ REDIS_URL: 'localhost:6379' });
  await expect(openPorts(environment, testLog, createMetrics())).rejects.toThrow(ConfigurationError);
});

requireEngine('Redis', redisAvailable())('with REDIS_URL', () => {
  const redis = createTestRedis();
  afterAll(() => redis.end());

  test('the ports are shared by all processes, and health and metrics tell of Redis', async () => {
    const server = await redis.start();
    const metrics = createMetrics();
    const environment = new Environment({ REDIS_URL: server.url });
    const [here, there] = [
      await openPorts(environment, testLog, metrics),
      await openPorts(environment, testLog, createMetrics()),
    ];
    const healthy = (): Promise<boolean> =>
      Promise.resolve(here.healthChecks['redis']?.()).then(
        () => true,
        () => false,
      );
    const connected = async (): Promise<readonly string[]> =>
      (await metrics.text()).split('\n').filter((line) => line.startsWith('foyer_redis_connected'));

    await here.cache.set('key', 'value', { ttlSeconds: 60 });
    await waitUntil(async () => (await there.cache.get('key')) === 'value');
    await waitUntil(async () => !(await here.rateLimiter.consume(LIMIT, 'k')).allowed);
    expect((await there.rateLimiter.consume(LIMIT, 'k')).allowed).toBe(false);
    const heard: string[] = [];
    there.pubsub.subscribe('channel', { onMessage: (text) => heard.push(text), onResume: () => undefined });
    await waitUntil(() => {
      here.pubsub.publish('channel', 'x');
      return heard.length > 0;
    });
    await waitUntil(healthy);
    const connections = ['commands', 'publications', 'subscriptions'];
    const lines = (value: number) =>
      connections.map((connection) => `foyer_redis_connected{connection="${connection}"} ${value}`);
    expect([...(await connected())].sort()).toEqual(lines(1));
    await server.kill();
    await waitUntil(async () => (await connected()).every((line) => line.endsWith(' 0')));
    expect(await healthy()).toBe(false);
    await server.start();
    await waitUntil(healthy);
    await here.close();
    await there.close();
    expect(await connected()).toEqual([]);
  });
});
