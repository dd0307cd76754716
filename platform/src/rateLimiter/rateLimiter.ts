import { RateLimiterMemory, RateLimiterRes } from 'rate-limiter-flexible';

/** How often something may be done. */
export interface RateLimit {
  /** Names the limit; counts of different limits never mix. */
  readonly name: string;
  /** Attempts per window. */
  readonly points: number;
  /** Length of the window in seconds. */
  readonly seconds: number;
}

/** What became of an attempt. */
export interface RateLimitAnswer {
  readonly allowed: boolean;
  readonly remaining: number;
  /** Whole seconds until an attempt would be allowed again; 0 when allowed. */
  readonly retryAfter: number;
}

/** The port: counts attempts by key. */
export interface RateLimiter {
  /**
   * Counts points by key.
   * @param points default 1; 0 counts nothing and tells whether the limit is past.
   */
  consume(limit: RateLimit, key: string, points?: 0 | 1): Promise<RateLimitAnswer>;
}

/** The embedded adapter: counts in this process. */
export function createMemoryRateLimiter(): RateLimiter {
  const limiters = new Map<string, RateLimiterMemory>();
  const limiterFor = (limit: RateLimit): RateLimiterMemory => {
    let limiter = limiters.get(limit.name);
    if (!limiter) {
      limiter = new RateLimiterMemory({
        keyPrefix: limit.name,
        points: limit.points,
        duration: limit.seconds,
      });
      limiters.set(limit.name, limiter);
    }
    return limiter;
  };
  return {
    async consume(limit, key, points = 1) {
      try {
        const result = await limiterFor(limit).consume(key, points);
        return { allowed: true, remaining: result.remainingPoints, retryAfter: 0 };
      } catch (error) {
        if (!(error instanceof RateLimiterRes)) throw error;
        return {
          allowed: false,
          remaining: 0,
          retryAfter: Math.max(1, Math.ceil(error.msBeforeNext / 1000)),
        };
      }
    },
  };
}
