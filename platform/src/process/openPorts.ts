import type { Cache } from '../cache/cache.js';
import { createMemoryCache } from '../cache/createMemoryCache.js';
import { createRedisCache } from '../cache/createRedisCache.js';
import type { Environment } from '../config/environment.js';
import type { HealthCheck } from '../health/health.js';
import type { Log } from '../log/createLog.js';
import type { Metrics } from '../metrics/metrics.js';
import { createMemoryPubSub, type PubSub } from '../pubsub/pubSub.js';
import { createRedisPubSub } from '../pubsub/redis/createRedisPubSub.js';
import { createRedisRateLimiter } from '../rateLimiter/createRedisRateLimiter.js';
import { createMemoryRateLimiter, type RateLimiter } from '../rateLimiter/rateLimiter.js';
import { openRedis } from '../redis/openRedis.js';
import { readRedisSettings } from '../redis/redisSettings.js';

/** The three small ports of a process. */
export interface Ports {
  readonly cache: Cache;
  readonly rateLimiter: RateLimiter;
  readonly pubsub: PubSub;
  /** What they stand on, for the health report: a process without it is degraded, and still ready. */
  readonly healthChecks: Readonly<Record<string, HealthCheck>>;
  /** The last thing to be closed that publishes. */
  close(): Promise<void>;
}

/**
 * Opens the ports that the environment names: on Redis where `REDIS_URL` is set (see `readRedisSettings`), else within
 * this process. Does not wait for a Redis that is not there.
 * @throws ConfigurationError when a variable can't be used, or Redis turns us away.
 */
export async function openPorts(environment: Environment, log: Log, metrics: Metrics): Promise<Ports> {
  const settings = readRedisSettings(environment);
  if (!settings) {
    return {
      cache: createMemoryCache(),
      rateLimiter: createMemoryRateLimiter(),
      pubsub: createMemoryPubSub(),
      healthChecks: {},
      close: () => Promise.resolve(),
    };
  }
  const redis = await openRedis(settings, log);
  const removeGauge = metrics.gauge({
    name: 'foyer_redis_connected',
    help: 'Whether a connection to Redis stands: 1 when it does, by connection',
    labels: ['connection'],
    keepMs: 0,
    collect: () =>
      [...redis.reasons].map(([connection, reason]) => ({
        labels: { connection },
        value: reason === null ? 1 : 0,
      })),
  });
  return {
    cache: createRedisCache(redis),
    rateLimiter: createRedisRateLimiter({ redis, log, metrics }),
    pubsub: createRedisPubSub(redis, log),
    healthChecks: { redis: () => redis.check() },
    async close() {
      removeGauge();
      await redis.close();
    },
  };
}
