import { rateLimited, type RateLimit, type RateLimiter } from '@foyer/platform';

/** Counts an attempt. @param what is limited, for people: `Too many {what}.` @throws Refused `RateLimited`. */
export async function limit(limiter: RateLimiter, rate: RateLimit, key: string, what: string): Promise<void> {
  const { allowed, retryAfter } = await limiter.consume(rate, key);
  if (!allowed) throw rateLimited(`Too many ${what}. Try again in ${retryAfter} s.`, retryAfter);
}
