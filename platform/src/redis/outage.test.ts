import { createRedisCache } from '../cache/createRedisCache.js';
import { Degraded } from '../health/health.js';
import type { Log } from '../log/createLog.js';
import { createMetrics } from '../metrics/createMetrics.js';
import { followLatest } from '../pubsub/followLatest.js';
import { createRedisPubSub } from '../pubsub/redis/createRedisPubSub.js';
import { createRedisRateLimiter } from '../rateLimiter/createRedisRateLimiter.js';
import { requireEngine } from '../testing/engines.js';
import { createTestRedis, testLog } from '../testing/testRedis.js';
import { waitUntil } from '../testing/waitUntil.js';
import type { RedisConnections } from './openRedis.js';
import { redisAvailable } from './redisAvailable.js';
import type { RedisServer } from './startRedisServer.js';

/** As it is shipped: without an answer in 200 ms one goes on without. */
const AS_SHIPPED = {};
const LIMIT = { name: 'log-in', points: 1, seconds: 600 };

requireEngine('Redis', redisAvailable())('Redis gone or emptied', () => {
  const redis = createTestRedis();
  const unhandled: unknown[] = [];
  const note = (error: unknown): void => void unhandled.push(error);
  let server: RedisServer;
  const open = (): Promise<RedisConnections> => redis.open({ REDIS_URL: server.url }, AS_SHIPPED);
  const limiterOn = (connections: RedisConnections, log: Log = testLog) => {
    const metrics = createMetrics();
    return { metrics, ...createRedisRateLimiter({ redis: connections, log, metrics }) };
  };
  const resumable = async (channel: string) => {
    const connections = await open();
    const heard = { messages: [] as string[], resumed: 0 };
    createRedisPubSub(connections, testLog).subscribe(channel, {
      onMessage: (message) => heard.messages.push(message),
      onResume: () => (heard.resumed += 1),
    });
    await waitUntil(() => heard.resumed > 0);
    return heard;
  };
  beforeAll(async () => {
    process.on('unhandledRejection', note);
    server = await redis.start();
  });
  afterEach(async () => {
    await redis.closeAll();
    await server.start();
    expect(unhandled).toEqual([]);
  });
  afterAll(async () => {
    await redis.end();
    process.off('unhandledRejection', note);
  });

  test('while it is away limits are not checked, which is counted and said in one line; then they hold again', async () => {
    const lines: unknown[] = [];
    const connections = await open();
    const { metrics, consume } = limiterOn(connections, {
      warn: (...line: unknown[]) => lines.push(line),
    } as never);
    const refused = async (): Promise<boolean> => !(await consume(LIMIT, 'k')).allowed;
    await waitUntil(refused);
    expect(lines).toEqual([]);
    await server.kill();
    await waitUntil(async () => !(await refused()));
    for (let attempt = 0; attempt < 50; attempt += 1) expect(await refused()).toBe(false);
    expect(lines).toHaveLength(1);
    const counted = /^foyer_rate_limit_unchecked_total\{limit="log-in"\} (\d+)$/m.exec(
      await metrics.text(),
    )?.[1];
    expect(Number(counted)).toBeGreaterThanOrEqual(51);
    await expect(connections.check()).rejects.toThrow(Degraded);
    await expect(connections.check()).rejects.toThrow(/Redis at 127\.0\.0\.1:\d+ \(\w+\): \w/);
    await server.start();
    await waitUntil(refused);
    await waitUntil(() =>
      connections.check().then(
        () => true,
        () => false,
      ),
    );
  });

  test('one that is frozen holds nobody up, and no commands pile up', async () => {
    const connections = await open();
    const { consume } = limiterOn(connections);
    const cache = createRedisCache(connections);
    await waitUntil(async () => !(await consume(LIMIT, 'frozen')).allowed);
    await cache.set('key', 'value', { ttlSeconds: 600 });
    process.kill(server.pid, 'SIGSTOP');
    try {
      const answers = Array.from({ length: 1000 }, () => consume(LIMIT, 'frozen'));
      expect((await Promise.all(answers)).every(({ allowed }) => allowed)).toBe(true);
      expect(await cache.get('key')).toBeNull();
      await cache.set('another', 'value', { ttlSeconds: 600 });
      await cache.delete('a third');
      // The silent connection is ended, and what was asked over it given up.
      await waitUntil(() => connections.commands.status !== 'ready');
    } finally {
      process.kill(server.pid, 'SIGCONT');
    }
    await waitUntil(async () => !(await consume(LIMIT, 'frozen')).allowed);
    await waitUntil(async () => (await cache.get('key')) === 'value');
  });

  test('emptied, it is a miss and a new count, and messages go on', async () => {
    const connections = await open();
    const { consume } = limiterOn(connections);
    const cache = createRedisCache(connections);
    const heard = await resumable('emptied');
    await waitUntil(async () => !(await consume(LIMIT, 'emptied')).allowed);
    await cache.set('key', 'value', { ttlSeconds: 600 });
    await connections.commands.flushall();
    await connections.commands.script('FLUSH');
    expect(await cache.get('key')).toBeNull();
    expect((await consume(LIMIT, 'emptied')).allowed).toBe(true);
    expect((await consume(LIMIT, 'emptied')).allowed).toBe(false);
    const publisher = createRedisPubSub(connections, testLog);
    await waitUntil(() => {
      publisher.publish('emptied', 'x');
      return heard.messages.includes('x');
    });
  });

  test('after kill -9 and a restart a subscriber gets the value that changed meanwhile', async () => {
    const [here, there] = [
      createRedisPubSub(await open(), testLog),
      createRedisPubSub(await open(), testLog),
    ];
    let version = 1;
    const values = followLatest({
      pubsub: there,
      channel: 'thing',
      read: () => Promise.resolve({ version }),
      versionOf: (value) => value.version,
    });
    expect((await values.next()).value).toEqual({ version: 1 });
    const next = values.next();
    await server.kill();
    version = 2;
    here.publish('thing', '');
    await server.start();
    expect((await next).value).toEqual({ version: 2 });
    const after = values.next();
    version = 3;
    here.publish('thing', '');
    expect((await after).value).toEqual({ version: 3 });
    await values.return?.();
  });

  test("a message that was lost with its publisher's connection is made good when that is back", async () => {
    const connections = await open();
    const publisher = createRedisPubSub(connections, testLog);
    const heard = await resumable('lost');
    await waitUntil(() => {
      publisher.publish('lost', 'x');
      return heard.messages.length > 0;
    });
    const before = heard.resumed;
    const clients = String(await connections.commands.client('LIST')).split('\n');
    for (const client of clients.filter((each) => each.includes('name=foyer-publications'))) {
      await connections.commands.client('KILL', 'ID', /^id=(\d+)/.exec(client)?.[1] ?? '');
    }
    publisher.publish('lost', 'lost');
    // The listener's own connection stood all the time.
    await waitUntil(() => heard.resumed > before);
    expect(heard.messages).not.toContain('lost');
    publisher.publish('lost', 'after');
    await waitUntil(() => heard.messages.includes('after'));
  });

  test('away at the start it is waited for beside the work', async () => {
    await server.stop();
    const connections = await open();
    const { consume } = limiterOn(connections);
    expect((await consume(LIMIT, 'late')).allowed).toBe(true);
    const pubsub = createRedisPubSub(connections, testLog);
    let resumed = 0;
    pubsub.subscribe('late', { onMessage: () => undefined, onResume: () => (resumed += 1) });
    await expect(connections.check()).rejects.toThrow(/ECONNREFUSED/);
    await server.start();
    await waitUntil(() => resumed > 0);
    await waitUntil(async () => !(await consume(LIMIT, 'late')).allowed);
  });

  test('connections can be closed while it is away', async () => {
    await server.stop();
    const connections = await open();
    createRedisPubSub(connections, testLog).publish('nowhere', 'x');
    await connections.close();
  });
});
