import { createHash } from 'node:crypto';
import { RateLimiterRedis, RateLimiterRes } from 'rate-limiter-flexible';
import type { Log } from '../log/createLog.js';
import type { Metrics } from '../metrics/metrics.js';
import type { RedisConnections } from '../redis/openRedis.js';
import type { RateLimit, RateLimiter } from './rateLimiter.js';

/** How often the log says that limits are not checked, in milliseconds. */
const SAY_EVERY_MS = 60_000;

/** What the Redis adapter stands on. */
export interface RedisRateLimiterOptions {
  readonly redis: Pick<RedisConnections, 'commands' | 'ask' | 'prefix'>;
  readonly log: Log;
  readonly metrics: Metrics;
}

/**
 * The distributed adapter: all processes count together. When Redis can't be asked the attempt is allowed: a metric
 * counts it and a line in the log says so once a minute. Nothing that protects money or stock may rely on it.
 */
export function createRedisRateLimiter({ redis, log, metrics }: RedisRateLimiterOptions): RateLimiter {
  const limiters = new Map<string, RateLimiterRedis>();
  const unchecked = metrics.counter({
    name: 'foyer_rate_limit_unchecked_total',
    help: 'Attempts that were allowed because Redis could not be asked, by limit',
    labels: ['limit'],
  });
  let saidAt = -Infinity;
  const limiterFor = ({ name, points, seconds }: RateLimit): RateLimiterRedis => {
    let limiter = limiters.get(name);
    if (!limiter) {
      limiter = new RateLimiterRedis({
        storeClient: redis.commands,
        keyPrefix: `${redis.prefix}limit:${name}`,
        points,
        duration: seconds,
      });
      limiters.set(name, limiter);
    }
    return limiter;
  };
  return {
    async consume(limit, key, points = 1) {
      const limiter = limiterFor(limit);
      try {
        const result = await redis.ask(() => limiter.consume(redisKey(key), points));
        return { allowed: true, remaining: result.remainingPoints, retryAfter: 0 };
      } catch (error) {
        if (error instanceof RateLimiterRes) {
          const retryAfter = Math.max(1, Math.ceil(error.msBeforeNext / 1000));
          return { allowed: false, remaining: 0, retryAfter };
        }
        unchecked.add({ limit: limit.name });
        if (performance.now() - saidAt >= SAY_EVERY_MS) {
          saidAt = performance.now();
          log.warn({ err: error, limit: limit.name }, 'rate limits are not checked: Redis can not be asked');
        }
        return { allowed: true, remaining: limit.points, retryAfter: 0 };
      }
    },
  };
}

/** Keys are addresses of mail and the like, of any length: their digest is kept. In braces, it is the Cluster's key tag. */
function redisKey(key: string): string {
  return `{${createHash('sha256').update(key).digest('base64url').slice(0, 27)}}`;
}
