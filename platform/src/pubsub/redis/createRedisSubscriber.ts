import type { Redis } from 'ioredis';
import type { RedisConnections } from '../../redis/openRedis.js';

/** Listens to channels of Redis. */
export interface RedisSubscriber {
  /** Listens from soon on: `onStanding` tells when. */
  add(channel: string): void;
  remove(channel: string): void;
}

/** What a subscriber is made of. */
export interface RedisSubscriberOptions {
  readonly link: RedisConnections['link'];
  /** Listened to from the beginning. */
  readonly channels: readonly string[];
  readonly onMessage: (channel: string, text: string) => void;
  /** These channels are listened to from now on; messages before may be missing. */
  readonly onStanding: (channels: readonly string[]) => void;
}

/** Channels of one SUBSCRIBE. */
const CHUNK = 500;

/** Listens over one connection; when it is lost, a new one listens to the same channels. */
export function createRedisSubscriber(options: RedisSubscriberOptions): RedisSubscriber {
  const wanted = new Set(options.channels);
  let active: Redis | null = null;
  link();
  return {
    add(channel) {
      wanted.add(channel);
      if (active) subscribe(active, [channel]).catch(drop(active));
    },
    remove(channel) {
      wanted.delete(channel);
      // Answers come in the order of commands: whoever adds it again meanwhile is served.
      if (active) active.unsubscribe(channel).catch(drop(active));
    },
  };

  function link(): void {
    options.link({
      name: 'subscriptions',
      async onUp(redis) {
        redis.on('message', options.onMessage);
        redis.once('end', () => {
          if (active === redis) active = null;
        });
        const asked = new Set<string>();
        // What is added while it asks is asked for too; what is removed is let go.
        for (;;) {
          const next = [...wanted].filter((channel) => !asked.has(channel)).slice(0, CHUNK);
          if (next.length === 0) break;
          for (const channel of next) asked.add(channel);
          await subscribe(redis, next);
        }
        const left = [...asked].filter((channel) => !wanted.has(channel));
        active = redis;
        if (left.length > 0) await redis.unsubscribe(...left);
      },
    });
  }

  async function subscribe(redis: Redis, channels: readonly string[]): Promise<void> {
    await redis.subscribe(...channels);
    options.onStanding(channels);
  }

  /** A connection on which a channel can't be listened to is of no use. */
  function drop(redis: Redis): () => void {
    return () => {
      redis.disconnect();
    };
  }
}
