import type { RedisConnections } from '../redis/openRedis.js';
import type { Cache } from './cache.js';

/** The distributed adapter: shared by all processes. An outage of Redis is a miss. */
export function createRedisCache({ ask, prefix }: Pick<RedisConnections, 'ask' | 'prefix'>): Cache {
  // In braces: the key tag, which says to a Cluster where it belongs.
  const nameOf = (key: string): string => `${prefix}cache:{${key}}`;
  const orMiss = async <Value>(answer: Promise<Value>): Promise<Value | null> => {
    try {
      return await answer;
    } catch {
      return null;
    }
  };
  return {
    get: (key) => orMiss(ask((redis) => redis.get(nameOf(key)))),
    async set(key, value, { ttlSeconds }) {
      await orMiss(ask((redis) => redis.set(nameOf(key), value, 'EX', ttlSeconds)));
    },
    async delete(...keys) {
      // One by one: in a Cluster they live in several places.
      await Promise.all(keys.map((key) => orMiss(ask((redis) => redis.unlink(nameOf(key))))));
    },
  };
}
