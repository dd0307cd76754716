import type { Redis } from 'ioredis';
import type { RedisConnections } from '../../redis/openRedis.js';

/** Sends to the channels of Redis. */
export interface RedisPublisher {
  publish(channel: string, text: string): void;
}

/** What a publisher is made of. */
export interface RedisPublisherOptions {
  readonly link: RedisConnections['link'];
  /** Says to a channel's listeners that messages may be missing. */
  readonly gapMessage: string;
  /** The channel that says so for all channels. */
  readonly everything: string;
}

/** The most channels remembered by name; beyond, everything counts as missed. */
const MAXIMUM_MISSED = 1000;

/**
 * Publishes over a connection of its own. While there is none, nothing is queued: it remembers only which channels
 * missed something, and says so to their listeners when it is back.
 */
export function createRedisPublisher({
  link,
  gapMessage,
  everything,
}: RedisPublisherOptions): RedisPublisher {
  let missed = new Set<string>();
  let active: Redis | null = null;
  const miss = (channel: string): void => {
    if (missed.size >= MAXIMUM_MISSED) missed = new Set([everything]);
    if (!missed.has(everything)) missed.add(channel);
  };
  link({
    name: 'publications',
    async onUp(redis) {
      redis.once('end', () => {
        if (active === redis) active = null;
      });
      // What is missed while the gaps are told is told too.
      while (missed.size > 0) {
        const channels = missed;
        missed = new Set();
        try {
          await Promise.all([...channels].map((channel) => redis.publish(channel, gapMessage)));
        } catch (error) {
          for (const channel of channels) miss(channel);
          throw error;
        }
      }
      active = redis;
    },
  });
  return {
    publish(channel, text) {
      const redis = active;
      if (!redis) {
        miss(channel);
        return;
      }
      redis.publish(channel, text).catch(() => {
        miss(channel);
        // One that does not publish is of no use; the next one tells of the gap.
        redis.disconnect();
      });
    },
  };
}
