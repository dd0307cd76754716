import {
  networkOf,
  type GuestIdentity,
  type RateLimit,
  type RateLimiter,
  type UserIdentity,
} from '@foyer/platform';
import { GraphQLError } from 'graphql';
import { HeaderMap } from '@apollo/server';
import type { RequestLimits } from './requestLimits.js';

/** Counts requests. */
export interface RequestCounter {
  /**
   * Counts a request of somebody.
   * @returns the headers that tell where they stand.
   * @throws GraphQLError `RATE_LIMITED`, status 429, with `retryAfter` in seconds and the same headers.
   */
  count(identity: UserIdentity | GuestIdentity): Promise<RateLimitHeaders>;
}

/** `ratelimit`, `ratelimit-policy`, and where it is past, `retry-after`. */
export type RateLimitHeaders = Readonly<Record<string, string>>;

const SECONDS = 60;

/**
 * A counter by person, or by network for guests, and by network for all.
 * @see https://datatracker.ietf.org/doc/draft-ietf-httpapi-ratelimit-headers/
 */
export function createRequestCounter(rateLimiter: RateLimiter, limits: RequestLimits): RequestCounter {
  const limitOf = (name: string, points: number): RateLimit => ({
    name: `gateway-${name}`,
    points,
    seconds: SECONDS,
  });
  const guest = limitOf('guest', limits.guestPerMinute);
  const person = limitOf('person', limits.personPerMinute);
  const network = limitOf('network', limits.networkPerMinute);

  async function countAt(limit: RateLimit, key: string): Promise<RateLimitHeaders> {
    if (limit.points === 0) return {};
    const { allowed, remaining, retryAfter } = await rateLimiter.consume(limit, key);
    const name = limit.name.replace('gateway-', '');
    const headers = {
      'ratelimit-policy': `"${name}";q=${limit.points};w=${SECONDS}`,
      ratelimit: `"${name}";r=${remaining}`,
    };
    if (allowed) return headers;
    throw tooMany(retryAfter, { ...headers, ratelimit: `"${name}";r=0;t=${retryAfter}` });
  }

  return {
    async count(identity) {
      const place = networkOf(identity.address);
      // Networks are looked at first: a person is not charged for what the network has used up.
      await countAt(network, place);
      return identity.kind === 'user' ? countAt(person, identity.userId) : countAt(guest, place);
    },
  };
}

function tooMany(retryAfter: number, headers: RateLimitHeaders): GraphQLError {
  const all = { ...headers, 'retry-after': String(retryAfter) };
  return new GraphQLError(`Too many requests. Try again in ${retryAfter} s.`, {
    extensions: {
      code: 'RATE_LIMITED',
      retryAfter,
      http: { status: 429, headers: new HeaderMap(Object.entries(all)) },
    },
  });
}
